/*
 * Adds up the pixels of a frame and does nothing else with them: what a device can do at best. See DeviceCeiling.java for the buffers.
 *
 * Set by the host besides pixels.cl's: SUM (type of a sum), ITEMS (work-items), GROUP (work-items per work-group, a power of two),
 * NEIGHBOURS (1 when neighbouring work-items read neighbouring pixels, as GPUs like it; 0 when each has a run of its own, as CPUs do).
 */
#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)
#define WIDE 16
#define SUMS JOIN(SUM, WIDE)

__kernel void ceiling(__global const RAW *frame, __global SUM *sums)
{
    const long item = get_global_id(0);
    const long vectors = PIXELS / WIDE;
#if NEIGHBOURS
    const long first = item;
    const long end = vectors;
    const long step = ITEMS;
#else
    const long first = vectors * item / ITEMS;
    const long end = vectors * (item + 1) / ITEMS;
    const long step = 1;
#endif
    SUMS wide = 0;
    for (long v = first; v < end; v += step)
        wide += JOIN(convert_, SUMS)(JOIN(vload, WIDE)(v, frame));
    const JOIN(SUM, 8) eight = wide.lo + wide.hi;
    const JOIN(SUM, 4) four = eight.lo + eight.hi;
    const JOIN(SUM, 2) two = four.lo + four.hi;
    SUM sum = two.lo + two.hi;
    if (item == 0)
        for (int p = (int) (vectors * WIDE); p < PIXELS; p++)
            sum += frame[p];
#if GROUP > 1
    __local SUM scratch[GROUP];
    const int local_item = (int) get_local_id(0);
    scratch[local_item] = sum;
    for (int half = GROUP / 2; half > 0; half /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (local_item < half)
            scratch[local_item] += scratch[local_item + half];
    }
    if (local_item == 0)
        sums[get_group_id(0)] = scratch[0];
#else
    sums[item] = sum;
#endif
}
