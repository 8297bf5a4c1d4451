/*
 * Sums one segment of a bin's pixels per work-group; the host adds the segments. See Integrate.java for the buffers.
 *
 * Set by the host:
 *   RAW          type of a pixel in memory
 *   REAL_RAW     1 when RAW is a floating-point type
 *   SPLIT        1 when pixels are shared among bins
 *   HAS_DARK     1 when dark counts are subtracted
 *   KEEP_NEGATIVE 1 when negative pixels count
 *   GROUP        work-items of a work-group
 *
 * Integer pixels that are not split are summed in 64-bit integers, exactly; everything else in double precision.
 */
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

#define WORDS 9

#if REAL_RAW
typedef double raw_t;
#define RAW_WORD(x) as_long(x)
#define RAW_ADD(a, b) as_long(as_double(a) + as_double(b))
#else
typedef long raw_t;
#define RAW_WORD(x) (x)
#define RAW_ADD(a, b) ((a) + (b))
#endif

#if REAL_RAW || SPLIT
typedef double sum_t;
#define SUM_WORD(x) as_long(x)
#define SUM_ADD(a, b) as_long(as_double(a) + as_double(b))
#else
typedef long sum_t;
#define SUM_WORD(x) (x)
#define SUM_ADD(a, b) ((a) + (b))
#endif

#define REAL_ADD(a, b) as_long(as_double(a) + as_double(b))

static bool counts(const raw_t raw)
{
#if REAL_RAW
    if (!isfinite(raw))
        return false;
#endif
#if KEEP_NEGATIVE
    return true;
#else
    return !(raw < 0);
#endif
}

/* Adds two words of the same meaning. */
static long add(const int word, const long a, const long b)
{
    switch (word) {
    case 0:
    case 1:
        return SUM_ADD(a, b);
    case 2:
    case 3:
    case 4:
    case 5:
        return REAL_ADD(a, b);
    case 6:
        return RAW_ADD(a, b);
    default:
        return a + b;
    }
}

__kernel void integrate(__global const RAW *frame,
                        __global const int *segment_start,
                        __global const int *pixel,
                        __global const double *normalisation,
                        __global const double *share,
                        __global const float *dark,
                        const double saturation,
                        __global long *sums)
{
    const int lane = (int) get_local_id(0);
    const int segment = (int) get_group_id(0);
    const int end = segment_start[segment + 1];
    sum_t signal = 0;
    sum_t variance = 0;
    double norm = 0;
    double count = 0;
    double dark_signal = 0;
    double dark_variance = 0;
    raw_t total = 0;
    long valid = 0;
    long saturated = 0;

    for (int e = segment_start[segment] + lane; e < end; e += GROUP) {
        const int p = pixel[e] & 0x7fffffff;
        const raw_t raw = (raw_t) frame[p];
        if (!counts(raw))
            continue;
        norm += normalisation[e];
#if SPLIT
        const double w = share[e];
        const bool first = pixel[e] < 0;
        count += w;
        signal += w * (double) raw;
        variance += w * w * fmax((double) raw, 1.0);
#else
        const double w = 1;
        const bool first = true;
        count += 1;
        signal += raw;
        variance += raw > 1 ? raw : 1;
#endif
#if HAS_DARK
        dark_signal += w * dark[p];
        dark_variance += w * w * fmax((double) dark[p], 0.0);
#endif
        if (first) {
            total += raw;
            valid += 1;
            saturated += (double) raw >= saturation ? 1 : 0;
        }
    }

    __local long scratch[WORDS * GROUP];
    scratch[0 * GROUP + lane] = SUM_WORD(signal);
    scratch[1 * GROUP + lane] = SUM_WORD(variance);
    scratch[2 * GROUP + lane] = as_long(norm);
    scratch[3 * GROUP + lane] = as_long(count);
    scratch[4 * GROUP + lane] = as_long(dark_signal);
    scratch[5 * GROUP + lane] = as_long(dark_variance);
    scratch[6 * GROUP + lane] = RAW_WORD(total);
    scratch[7 * GROUP + lane] = valid;
    scratch[8 * GROUP + lane] = saturated;
    barrier(CLK_LOCAL_MEM_FENCE);

    /* One lane per word, always in the same order: the result does not depend on the device's schedule. */
    for (int word = lane; word < WORDS; word += GROUP) {
        long sum = scratch[word * GROUP];
        for (int i = 1; i < GROUP; i++)
            sum = add(word, sum, scratch[word * GROUP + i]);
        sums[(long) segment * WORDS + word] = sum;
    }
}
