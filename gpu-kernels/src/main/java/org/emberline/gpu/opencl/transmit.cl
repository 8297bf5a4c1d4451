/*
 * Reduces a radiograph block by block; a block is the square of pixels behind one downsampled pixel. See Transmit.java for the buffers.
 *
 * A work-item has a run of blocks side by side, which is one block on a GPU and a row of them on a CPU. It multiplies down their columns,
 * then the columns of each block, and takes the logarithm of the product, which is the sum of the logarithms. A pixel that is not valid
 * makes its product 0, and the block, like those that are known to have such a pixel, is summed again, pixel by pixel.
 *
 * Loops over columns are short and of one kind of number each, without branches: so compilers for CPUs make vector instructions of them.
 *
 * Set by the host besides RAW: COLUMNS (of the frame), SMALL_ROWS, SMALL_COLUMNS (of the map), BLOCKS, RUN (blocks in a run), RUNS (in a
 * row), FACTOR, FULL (1 when transmission and variance are wanted), HAS_SATURATION (1 when a pixel of that type can be
 * saturated), SATURATION, DARK_SHARE and FLAT_SHARE (one over the
 * averaged frames), GAIN (counts per photon), SCALE (one over a typical count), LOG_SCALE, TERMS (of the flats' series; 0 when there is
 * one flat).
 */

/*
 * Smaller factors are left to the slow way. 64 factors, as many as a product has, then stay above 2^-960 at every step, so that none is
 * rounded for want of exponents; and a product that once was infinite stays so, or becomes no number.
 */
#define LEAST 0x1p-15
#define MOST_FACTORS 64

#if FACTOR * FACTOR <= MOST_FACTORS
#define PARTS 1
#else
#define PARTS FACTOR
#endif
/* Columns of one product. */
#define SPAN (FACTOR / PARTS)
#define PRODUCTS (RUN * PARTS)
#define WIDTH (RUN * FACTOR)
#define PIXELS_PER_BLOCK (FACTOR * FACTOR)

typedef struct {
    double logarithm;
    double product;
    double ratio;
    double noise;
    int valid;
    int saturated;
    int unlit;
} sums_t;

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
    sums_t sums = {0, 1, 0, 0, 0, 0, 0};
    for (int i = 0; i < PIXELS_PER_BLOCK; i++) {
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
            if (!(sums.product < 1e150 && sums.product > 1e-150)) { /* one more factor cannot pass the end of the numbers */
                sums.logarithm += log(sums.product);
                sums.product = 1;
            }
            sums.ratio += s / f;
            sums.noise += variance(raw, d, b, a, 1 / s, 1 / f, w);
        } else {
            sums.unlit++;
        }
    }
    sums.logarithm += log(sums.product);
    return sums;
}

/* Logarithms in place; 8 at once where there are so many. */
static void logarithms(double *values)
{
#if PRODUCTS % 8 == 0
    for (int i = 0; i < PRODUCTS; i += 8)
        vstore8(log(vload8(0, values + i)), 0, values + i);
#else
    for (int i = 0; i < PRODUCTS; i++)
        values[i] = log(values[i]);
#endif
}

__kernel void transmit(__global const RAW *restrict frame,
                       __global const float *restrict dark,
                       __global const float *restrict before,
                       __global const float *restrict after,
                       __global const uchar *restrict usable,
                       __global const uchar *restrict plain,
                       __global const double *restrict constants,
                       __global const float *restrict coefficients,
                       __global const double *restrict settings,
                       __global float *restrict density,
                       __global float *restrict transmission,
                       __global float *restrict variances,
                       __global int *restrict counts)
{
    const int item = (int) get_global_id(0);
    const int row = item / RUNS;
    const int first_column = item % RUNS * RUN;
    const int blocks = min(RUN, SMALL_COLUMNS - first_column);
    const int first = row * SMALL_COLUMNS + first_column;
    const double w = settings[0];
    if (row >= SMALL_ROWS)
        return;

    double product[WIDTH];
    for (int j = 0; j < WIDTH; j++)
        product[j] = 1;
#if FULL
    double ratio[WIDTH];
    double noise[WIDTH];
    for (int j = 0; j < WIDTH; j++) {
        ratio[j] = 0;
        noise[j] = 0;
    }
#endif
    for (int i = 0; i < FACTOR; i++) {
        const int start = (row * FACTOR + i) * COLUMNS + first_column * FACTOR;
        for (int j = 0; j < blocks * FACTOR; j++) {
            const int p = start + j;
            const double raw = (double) frame[p];
            const double d = dark[p];
            const double s = raw - d;
#if FULL
            const double b = before[p];
            const double a = after[p];
            const double f = b - d + w * (a - b);
            const double x = 1 / (s * f);
            const double factor = f * f * x;
            ratio[j] += s * s * x;
            noise[j] += variance(raw, d, b, a, f * x, s * x, w);
#else
            const double factor = s * SCALE;
#endif
#if HAS_SATURATION
            product[j] *= (factor >= LEAST) & (raw < SATURATION) ? factor : 0;
#else
            product[j] *= factor >= LEAST ? factor : 0;
#endif
        }
    }

    double sum[PRODUCTS];
    for (int i = 0; i < PRODUCTS; i++) {
        double all = 1;
        for (int j = i * SPAN; j < (i + 1) * SPAN; j++)
            all *= product[j];
        sum[i] = all;
    }
    logarithms(sum);
#if PARTS > 1
    for (int i = 0; i < RUN; i++) {
        double all = 0;
        for (int j = i * PARTS; j < (i + 1) * PARTS; j++)
            all += sum[j];
        sum[i] = all; /* its own part is behind it */
    }
#endif

    bool good = true;
    for (int i = 0; i < blocks; i++)
        good &= (plain[first + i] != 0) & (isfinite(sum[i]) != 0);
#if !FULL
    double flat[RUN];
    for (int i = 0; i < blocks; i++)
        flat[i] = constants[first + i] + LOG_SCALE;
    for (int k = 0; k < TERMS; k++) {
        const double chebyshev = settings[k + 1];
        for (int i = 0; i < blocks; i++)
            flat[i] += chebyshev * coefficients[k * BLOCKS + first + i];
    }
#endif
    for (int i = 0; i < blocks; i++) {
#if FULL
        density[first + i] = (float) (sum[i] / PIXELS_PER_BLOCK);
        double ratios = 0;
        double noises = 0;
        for (int j = i * FACTOR; j < (i + 1) * FACTOR; j++) {
            ratios += ratio[j];
            noises += noise[j];
        }
        transmission[first + i] = (float) (ratios / PIXELS_PER_BLOCK);
        variances[first + i] = (float) (GAIN * noises / ((double) PIXELS_PER_BLOCK * PIXELS_PER_BLOCK));
#else
        density[first + i] = (float) (flat[i] - sum[i] / PIXELS_PER_BLOCK);
#endif
        counts[first + i] = PIXELS_PER_BLOCK;
    }

    int saturated = 0;
    int unlit = 0;
    for (int i = good ? blocks : 0; i < blocks; i++) {
        if (plain[first + i] && isfinite(sum[i]))
            continue;
        const sums_t sums =
            odd(frame, dark, before, after, usable, row * FACTOR * COLUMNS + (first_column + i) * FACTOR, w);
        const double n = sums.valid;
        density[first + i] = (float) (sums.logarithm / n);
#if FULL
        transmission[first + i] = (float) (sums.ratio / n);
        variances[first + i] = (float) (GAIN * sums.noise / (n * n));
#endif
        counts[first + i] = sums.valid;
        saturated += sums.saturated;
        unlit += sums.unlit;
    }
    counts[BLOCKS + item] = saturated | unlit << 16;
}
