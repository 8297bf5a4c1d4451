/*
 * Looks at 64 pixels per work-item: which are invalid, which became so or are so no more, and how many are saturated. See Scan.java for
 * the buffers. The order of the changes in their list is the device's and does not matter.
 */
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable

__kernel void scan(__global const RAW *frame,
                   __global const CELL *cells,
                   __global ulong *invalid,
                   __global ulong *header,
                   __global ulong *changes)
{
    const int group = (int) get_global_id(0);
    if (group >= GROUPS)
        return;
    const int first = group * 64;
    const int end = min(first + 64, PIXELS);
    ulong now = 0;
    uint saturations = 0;
    for (int p = first; p < end; p++) {
        const raw_t raw = (raw_t) frame[p];
        const bool good = valid(raw);
        const bool full = saturated(raw);
        if ((!good || full) && cells[p] != MASKED) {
            now |= good ? 0UL : 1UL << (p - first);
            saturations += full ? 1 : 0;
        }
    }
    if (saturations > 0)
        atom_add(&header[0], (ulong) saturations);
    const ulong before = invalid[group];
    if (now != before) {
        __global ulong *change = changes + 3 * atom_inc(&header[1]);
        change[0] = group;
        change[1] = now ^ before;
        change[2] = now;
        invalid[group] = now;
    }
}
