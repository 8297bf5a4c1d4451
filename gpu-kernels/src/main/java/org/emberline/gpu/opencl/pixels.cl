/*
 * What every kernel knows of pixels; put before each of them. Set by the host:
 *   RAW            type of a pixel in memory
 *   REAL_RAW       1 when RAW is a floating-point type
 *   PIXELS         pixels of a frame
 *   GROUPS         groups of 64 pixels, the last one maybe not full
 *   LOOK           1 when pixels can be invalid or saturated
 *   KEEP_NEGATIVE  1 when negative pixels count
 *   HAS_DUMMY, DUMMY, TOLERANCE                the raw value of pixels that do not count
 *   HAS_SATURATION, SATURATION, DROP_SATURATED what is saturated, and whether it counts
 *   MASKED         the cell of pixels that never count
 */
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

#if REAL_RAW
typedef double raw_t;
#else
typedef long raw_t;
#endif

/* Whether a raw value is a measured one: a number, no gap, no dummy. */
static bool measured(const raw_t raw)
{
#if REAL_RAW
    if (!isfinite(raw))
        return false;
#endif
#if !KEEP_NEGATIVE
    if (raw < 0)
        return false;
#endif
#if HAS_DUMMY
    if (fabs((double) raw - DUMMY) <= TOLERANCE)
        return false;
#endif
    return true;
}

static bool saturated(const raw_t raw)
{
#if HAS_SATURATION
    return (double) raw >= SATURATION && measured(raw);
#else
    return false;
#endif
}

static bool valid(const raw_t raw)
{
#if HAS_SATURATION && DROP_SATURATED
    if ((double) raw >= SATURATION)
        return false;
#endif
    return measured(raw);
}
