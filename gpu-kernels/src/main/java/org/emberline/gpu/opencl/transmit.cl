/*
 * Reduces a radiograph block by block; a block is the square of pixels behind one downsampled pixel. See Transmit.java for the buffers.
 *
 * A block in which every pixel is valid is summed without looking at any pixel twice; when that turns out wrong, or is known to be, it is
 * summed again, pixel by pixel. As on the CPU the sum of the optical densities is the logarithm of a product.
 *
 * Set by the host besides RAW: COLUMNS (of the frame), SMALL_COLUMNS (of the map), BLOCKS, FACTOR, FULL (1 when transmission and variance
 * are wanted), SATURATION, DARK_SHARE and FLAT_SHARE (one over the averaged frames), GAIN (counts per photon), SCALE (one over a typical
 * count), LOG_SCALE, TERMS.
 */
#define ROW_LIMIT 1e200
#define LIMIT 1e100

typedef struct {
    double logarithm;
    double product;
    double ratio;
    double noise;
    int valid;
    int saturated;
    int unlit;
} sums_t;

/* Keeps the product within the range of numbers. */
static void fold(sums_t *sums)
{
    if (!(sums->product < LIMIT && sums->product > 1 / LIMIT)) {
        sums->logarithm += log(sums->product);
        sums->product = 1;
    }
}

static sums_t nothing(void)
{
    sums_t sums;
    sums.logarithm = 0;
    sums.product = 1;
    sums.ratio = 0;
    sums.noise = 0;
    sums.valid = 0;
    sums.saturated = 0;
    sums.unlit = 0;
    return sums;
}

static double variance(const double raw, const double d, const double b, const double a, const double u, const double v, const double w)
{
    const double flat = ((1 - w) * (1 - w) * fmax(b, 0.0) + w * w * fmax(a, 0.0)) * FLAT_SHARE;
    return fmax(raw, 0.0) * u * u + DARK_SHARE * fmax(d, 0.0) * (u - v) * (u - v) + flat * v * v;
}

/* Pixel by pixel, valid ones only. */
static sums_t odd(__global const RAW *frame,
                  __global const float *dark,
                  __global const float *before,
                  __global const float *after,
                  __global const uchar *usable,
                  const int first,
                  const double w)
{
    sums_t sums = nothing();
    for (int i = 0; i < FACTOR * FACTOR; i++) {
        const int p = first + i / FACTOR * COLUMNS + i % FACTOR;
        if (!usable[p])
            continue;
        const double raw = (double) frame[p];
        const double d = dark[p];
        const double s = raw - d;
        if (raw >= SATURATION) {
            sums.saturated++;
        } else if (s > 0 && isfinite(s)) {
            const double b = before[p];
            const double a = after[p];
            const double f = b - d + w * (a - b);
            sums.valid++;
            sums.product *= f / s;
            fold(&sums);
            sums.ratio += s / f;
            sums.noise += variance(raw, d, b, a, 1 / s, 1 / f, w);
        } else {
            sums.unlit++;
        }
    }
    return sums;
}

__kernel void transmit(__global const RAW *frame,
                       __global const float *dark,
                       __global const float *before,
                       __global const float *after,
                       __global const uchar *usable,
                       __global const uchar *plain,
                       __global const double *constants,
                       __global const float *coefficients,
                       __global const double *settings,
                       __global float *density,
                       __global float *transmission,
                       __global float *variances,
                       __global int *counts)
{
    const int block = (int) get_global_id(0);
    if (block >= BLOCKS)
        return;
    const int first = block / SMALL_COLUMNS * FACTOR * COLUMNS + block % SMALL_COLUMNS * FACTOR;
    const double w = settings[0];
    sums_t sums = nothing();
    sums.valid = FACTOR * FACTOR;
    int good = plain[block];

    for (int i = 0; i < FACTOR; i++) {
        const int start = first + i * COLUMNS;
        double product = 1;
        for (int j = 0; j < FACTOR; j++) {
            const int p = start + j;
            const double raw = (double) frame[p];
            const double d = dark[p];
            const double s = raw - d;
            good &= (s > 0) & (raw < SATURATION);
#if FULL
            const double b = before[p];
            const double a = after[p];
            const double f = b - d + w * (a - b);
            const double x = 1 / (s * f);
            product *= f * f * x;
            sums.ratio += s * s * x;
            sums.noise += variance(raw, d, b, a, f * x, s * x, w);
#else
            product *= s * SCALE;
#endif
        }
        good &= (product < ROW_LIMIT) & (product > 1 / ROW_LIMIT);
        sums.product *= product;
        fold(&sums);
    }

    double sum = sums.logarithm + log(sums.product);
    if (!good) {
        sums = odd(frame, dark, before, after, usable, first, w);
        sum = sums.logarithm + log(sums.product);
    }
#if !FULL
    else {
        double flat = constants[block];
        for (int k = 0; k < TERMS; k++)
            flat += settings[k + 1] * coefficients[k * BLOCKS + block];
        sum = FACTOR * FACTOR * (flat + LOG_SCALE) - sum;
    }
#endif
    const double n = sums.valid;
    density[block] = (float) (sum / n);
#if FULL
    transmission[block] = (float) (sums.ratio / n);
    variances[block] = (float) (GAIN * sums.noise / (n * n));
#endif
    counts[2 * block] = sums.valid;
    counts[2 * block + 1] = sums.saturated | (sums.unlit << 16);
}
