/*
 * Sums a frame pixel by pixel: each worker walks through its own run of pixels and adds to sums of its own, so that nothing is shared.
 * Made for CPU devices, where a work-item is a loop in a thread. See Scatter.java for the buffers.
 *
 * Set by the host besides pixels.cl's: CELL (type of a cell number), SUM (type of a sum), MODE (WHOLE, SPLIT, AZIMUTHAL),
 * IS_SPLIT, HAS_EXTRAS, HAS_DARK, WORKERS, PLACES, WORDS, BINS, SECTORS.
 */
#define WHOLE 0
#define SPLIT 1
#define AZIMUTHAL 2

#if MODE == AZIMUTHAL
static void add_share(__global double *own, const int cell, const double w, const double raw, const double signal, const double norm)
{
    __global double *place = own + (long) cell * WORDS;
    const double weighted = w * w * signal;
    place[0] += w * raw;
    place[1] += weighted * signal;
    place[2] += weighted * norm;
}
#endif

__kernel void scatter(__global const RAW *frame,
                      __global const CELL *cells,
                      __global const double *share,
                      __global const int *extra_start,
                      __global const int *extra_pixel,
                      __global const int *extra_cell,
                      __global const double *extra_share,
                      __global const double *extra_square,
                      __global const float *dark,
                      __global const double *norm,
                      __global ulong *invalid,
                      __global ulong *result,
                      __global ulong *changes,
                      __global const uchar *touched)
{
    __global ulong *header = result;
    __global SUM *sums = (__global SUM *) (result + HEADER);
    const int worker = (int) get_global_id(0);
    const int first_group = (int) ((long) GROUPS * worker / WORKERS);
    const int end_group = (int) ((long) GROUPS * (worker + 1) / WORKERS);
    __global SUM *own = sums + (long) worker * PLACES * WORDS;
    for (int sector = 0; sector < SECTORS; sector++)
        if (touched[worker * SECTORS + sector])
            for (int i = sector * BINS * WORDS; i < (sector + 1) * BINS * WORDS; i++)
                own[i] = 0;
    for (int i = SECTORS * BINS * WORDS; i < PLACES * WORDS; i++)
        own[i] = 0;
#if LOOK
    ulong saturations = 0;
    ulong change_count = 0;
#endif
#if HAS_EXTRAS
    int e = extra_start[worker];
    const int end_extra = extra_start[worker + 1];
#endif

    for (int group = first_group; group < end_group; group++) {
        const int first = group * 64;
        const int end = min(first + 64, PIXELS);
#if LOOK
        ulong now = 0;
#endif
        for (int p = first; p < end; p++) {
            const raw_t raw = (raw_t) frame[p];
            const int cell = cells[p];
#if LOOK
            if (saturated(raw) && cell != MASKED)
                saturations++;
            if (!valid(raw)) {
                if (cell != MASKED)
                    now |= 1UL << (p - first);
#if HAS_EXTRAS
                while (e < end_extra && extra_pixel[e] == p)
                    e++;
#endif
                continue;
            }
#endif
#if MODE == WHOLE
            own[cell] += raw;
#elif MODE == SPLIT
            const double w = share[p];
            const double part = w * raw;
            __global double *place = own + (long) cell * WORDS;
            place[0] += raw;
            place[1] += part;
            place[2] += part * w;
#if HAS_EXTRAS
            for (; e < end_extra && extra_pixel[e] == p; e++) {
                __global double *extra = own + (long) extra_cell[e] * WORDS;
                extra[3] += extra_share[e] * raw;
                extra[4] += extra_square[e] * raw;
            }
#endif
#else
            if (cell == MASKED)
                continue;
#if HAS_DARK
            const double signal = (double) raw - (double) dark[p];
#else
            const double signal = raw;
#endif
#if IS_SPLIT
            const double w = share[p];
#else
            const double w = 1;
#endif
            add_share(own, cell, w, raw, signal, norm[p]);
            own[(long) cell * WORDS + 3] += raw;
            if (w < 1) {
                double second = 1 - w;
#if HAS_EXTRAS
                if (e < end_extra && extra_pixel[e] == p)
                    second += extra_share[e++];
#endif
                add_share(own, cell + 1, second, raw, signal, norm[p]);
#if HAS_EXTRAS
                for (; e < end_extra && extra_pixel[e] == p; e++)
                    add_share(own, extra_cell[e], extra_share[e], raw, signal, norm[p]);
#endif
            }
#endif
        }
#if LOOK
        const ulong before = invalid[group];
        if (now != before) {
            __global ulong *change = changes + 3 * ((long) first_group + change_count++);
            change[0] = group;
            change[1] = now ^ before;
            change[2] = now;
            invalid[group] = now;
        }
#endif
    }
#if LOOK
    header[2 * worker] = saturations;
    header[2 * worker + 1] = change_count;
#endif
}
