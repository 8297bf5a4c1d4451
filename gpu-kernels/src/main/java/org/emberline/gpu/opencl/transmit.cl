/*
 * Reduces a radiograph block by block; a block is the square of pixels behind one downsampled pixel. See Transmit.java for the buffers.
 *
 * A work-item has a run of blocks side by side, which is one block on a GPU. It sums down their columns, and then the columns of each block.
 * Where a pixel of a block turns out not to be valid, or is known not to be, the block is summed again, pixel by pixel. As on the CPU the sum
 * of the optical densities is the logarithm of a product.
 *
 * Set by the host besides RAW: COLUMNS (of the frame), SMALL_ROWS, SMALL_COLUMNS (of the map), BLOCKS, RUN (blocks in a run),
 * RUNS (in a row), FACTOR, FULL (1 when transmission and variance
 * are wanted), SATURATION, DARK_SHARE and FLAT_SHARE (one over the averaged frames), GAIN (counts per photon), SCALE (one over a typical
 * count), LOG_SCALE, TERMS.
 */
#define COLUMN_LIMIT 1e200
#define LIMIT 1e100
#define WIDTH (RUN * FACTOR)

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
    const int item = (int) get_global_id(0);
    const int row = item / RUNS;
    const int first_block = item % RUNS * RUN;
    const int blocks = min(RUN, SMALL_COLUMNS - first_block);
    if (row >= SMALL_ROWS)
        return;
    const double w = settings[0];
    double product[WIDTH];
    int bad[WIDTH];
    double ratio[WIDTH];
    double noise[WIDTH];
    for (int j = 0; j < WIDTH; j++) {
        product[j] = 1;
        bad[j] = 0;
        ratio[j] = 0;
        noise[j] = 0;
    }

    for (int i = 0; i < FACTOR; i++) {
        const int start = (row * FACTOR + i) * COLUMNS + first_block * FACTOR;
        for (int j = 0; j < blocks * FACTOR; j++) {
            const int p = start + j;
            const double raw = (double) frame[p];
            const double d = dark[p];
            const double s = raw - d;
            bad[j] |= !(s > 0) | !(raw < SATURATION);
#if FULL
            const double b = before[p];
            const double a = after[p];
            const double f = b - d + w * (a - b);
            const double x = 1 / (s * f);
            product[j] *= f * f * x;
            ratio[j] += s * s * x;
            noise[j] += variance(raw, d, b, a, f * x, s * x, w);
#else
            product[j] *= s * SCALE;
#endif
        }
    }

    for (int i = 0; i < blocks; i++) {
        const int block = row * SMALL_COLUMNS + first_block + i;
        sums_t sums = nothing();
        int good = plain[block];
        for (int j = i * FACTOR; j < (i + 1) * FACTOR; j++) {
            good &= !bad[j] & (product[j] < COLUMN_LIMIT) & (product[j] > 1 / COLUMN_LIMIT);
            sums.product *= product[j];
            fold(&sums);
            sums.ratio += ratio[j];
            sums.noise += noise[j];
        }
        sums.valid = FACTOR * FACTOR;
        double sum;
        if (good) {
            sum = sums.logarithm + log(sums.product);
#if !FULL
            double flat = constants[block];
            for (int k = 0; k < TERMS; k++)
                flat += settings[k + 1] * coefficients[k * BLOCKS + block];
            sum = FACTOR * FACTOR * (flat + LOG_SCALE) - sum;
#endif
        } else {
            sums = odd(frame, dark, before, after, usable, row * FACTOR * COLUMNS + (first_block + i) * FACTOR, w);
            sum = sums.logarithm + log(sums.product);
        }
        const double n = sums.valid;
        density[block] = (float) (sum / n);
#if FULL
        transmission[block] = (float) (sums.ratio / n);
        variances[block] = (float) (GAIN * sums.noise / (n * n));
#endif
        counts[block] = sums.valid;
        counts[BLOCKS + block] = sums.saturated | (sums.unlit << 16);
    }
}
