/*
 * Sums a frame cell by cell: LANES work-items share one segment of a cell's pixels, the host adds the segments. Made for GPUs: no two
 * work-items write to one place, and the result does not depend on their order. See Gather.java for the buffers.
 *
 * Set by the host besides pixels.cl's: SUM (type of a sum), MODE (WHOLE, SPLIT, AZIMUTHAL), IS_SPLIT, HAS_DARK, LANES (work-items per
 * segment), GROUP (work-items per work-group, a multiple of LANES), SEGMENTS, WORDS.
 */
#define WHOLE 0
#define SPLIT 1
#define AZIMUTHAL 2

__kernel void gather(__global const RAW *frame,
                     __global const int *segment_start,
                     __global const int *pixel,
                     __global const double *share,
                     __global const float *dark,
                     __global const double *norm,
                     __global ulong *result)
{
    __global ulong *header = result;
    __global SUM *sums = (__global SUM *) (result + HEADER);
    if (get_global_id(0) == 0) {
        header[0] = 0;
        header[1] = 0;
    }

    const int segment = (int) (get_global_id(0) / LANES);
    const int lane = (int) (get_global_id(0) % LANES);
    const int end = segment < SEGMENTS ? segment_start[segment + 1] : 0;
    SUM raw_sum = 0;
#if MODE != WHOLE
    SUM second = 0;
    SUM total = 0;
#endif
#if MODE == AZIMUTHAL
    SUM cross_sum = 0;
#endif

    for (int e = segment < SEGMENTS ? segment_start[segment] + lane : 0; e < end; e += LANES) {
        const int p = pixel[e] & 0x7fffffff;
        const raw_t raw = (raw_t) frame[p];
#if LOOK
        if (!valid(raw))
            continue;
#endif
#if IS_SPLIT
        const double w = share[e];
#else
        const double w = 1;
#endif
#if MODE == WHOLE
        raw_sum += raw;
#else
        raw_sum += w * raw;
        total += pixel[e] < 0 ? raw : 0;
#endif
#if MODE == SPLIT
        second += w * w * raw;
#endif
#if MODE == AZIMUTHAL
#if HAS_DARK
        const double signal = (double) raw - (double) dark[p];
#else
        const double signal = raw;
#endif
        second += w * w * signal * signal;
        cross_sum += w * w * signal * norm[p];
#endif
    }

#if LANES > 1
    __local SUM scratch[GROUP * WORDS];
    const int item = (int) get_local_id(0);
    scratch[item] = raw_sum;
#if MODE != WHOLE
    scratch[GROUP + item] = total;
    scratch[2 * GROUP + item] = second;
#endif
#if MODE == AZIMUTHAL
    scratch[3 * GROUP + item] = cross_sum;
#endif
    for (int half = LANES / 2; half > 0; half /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane < half)
            for (int word = 0; word < WORDS; word++)
                scratch[word * GROUP + item] += scratch[word * GROUP + item + half];
    }
    if (lane == 0 && segment < SEGMENTS)
        for (int word = 0; word < WORDS; word++)
            sums[(long) segment * WORDS + word] = scratch[word * GROUP + item];
#else
    if (segment < SEGMENTS) {
        sums[(long) segment * WORDS] = raw_sum;
#if MODE != WHOLE
        sums[(long) segment * WORDS + 1] = total;
        sums[(long) segment * WORDS + 2] = second;
#endif
#if MODE == AZIMUTHAL
        sums[(long) segment * WORDS + 3] = cross_sum;
#endif
    }
#endif
}
