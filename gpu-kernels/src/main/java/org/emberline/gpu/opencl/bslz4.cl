/*
 * Decodes a frame compressed by bitshuffle with LZ4: one work-group per block, LANES work-items in it. All of them read the same tokens,
 * so that they go the same way through the block, and share the copying; the bit planes lie in local memory. See Bslz4.java for the
 * buffers. Nothing that the chunk says is believed: no byte is read or written outside of the block's own.
 *
 * Set by the host besides pixels.cl's: LANES, HEADER (words of the table before the starts), SAMPLE_BYTES (1, 2 or 4), LOCAL_BYTES (room
 * for the largest block and 16 bytes more).
 */
#define UNDECIDED -1
#define CUT_OFF 0
#define TOO_LONG 1
#define TOO_SHORT 2
#define OUTSIDE 3
#define DONE 8

#define LENGTH_BYTES 4
#define CHUNK 16

/* Adds to a length what its further bytes say; returns UNDECIDED when all is well. */
static int longer(__global const uchar *in, const int stored, int *at, int *length, const int most)
{
    int more = *length == 15 ? 255 : 0;
    while (more == 255) {
        if (*at >= stored)
            return CUT_OFF;
        more = in[(*at)++];
        *length += more;
        if (*length > most)
            return TOO_LONG;
    }
    return UNDECIDED;
}

/* Copies a match, which may overlap what it writes: that is how a run is written. */
static void repeat(__local uchar *out, const int to, const int distance, const int length, const int lane)
{
#if LANES > 1
    if (distance >= length) {
        for (int i = lane; i < length; i += LANES)
            out[to + i] = out[to - distance + i];
    } else {
        for (int i = lane; i < length; i += LANES)
            out[to + i] = out[to - distance + i % distance];
    }
#else
    const int period = distance < CHUNK ? (CHUNK + distance - 1) / distance * distance : distance;
    int i = 0;
    if (period != distance)
        for (const int first = min(period, length); i < first; i++)
            out[to + i] = out[to - distance + i];
    for (; i < length; i += CHUNK)
        vstore16(vload16(0, out + to + i - period), 0, out + to + i);
#endif
}

/* Decodes one LZ4 block; returns DONE or what is wrong. Every work-item of the group takes the same branches. */
static int lz4(__global const uchar *in, const int stored, __local uchar *out, const int needed, const int lane)
{
    int at = 0;
    int to = 0;
    int state = UNDECIDED;
    while (state == UNDECIDED) {
        if (at >= stored) {
            state = CUT_OFF;
            break;
        }
        const int token = in[at++];
        int length = token >> 4;
        state = longer(in, stored, &at, &length, needed);
        if (state != UNDECIDED)
            break;
        if (length > stored - at || length > needed - to) {
            state = length > stored - at ? CUT_OFF : TOO_LONG;
            break;
        }
#if LANES > 1
        for (int i = lane; i < length; i += LANES)
            out[to + i] = in[at + i];
#else
        for (int i = 0; i < length; i += CHUNK)
            vstore16(vload16(0, in + at + i), 0, out + to + i);
#endif
        at += length;
        to += length;
        if (at == stored) {
            state = to == needed ? DONE : TOO_SHORT;
            break;
        }
        if (stored - at < 2) {
            state = CUT_OFF;
            break;
        }
        const int distance = in[at] | in[at + 1] << 8;
        at += 2;
        length = token & 15;
        state = longer(in, stored, &at, &length, needed);
        length += 4;
        if (state != UNDECIDED)
            break;
        if (distance == 0 || distance > to || length > needed - to) {
            state = length > needed - to ? TOO_LONG : OUTSIDE;
            break;
        }
#if LANES > 1
        barrier(CLK_LOCAL_MEM_FENCE);
#endif
        repeat(out, to, distance, length, lane);
        to += length;
    }
    return state;
}

/* Bit j of byte i becomes bit i of byte j (Hacker's Delight, 7-3). */
static ulong transposed(ulong x)
{
    ulong t = (x ^ (x >> 7)) & 0x00aa00aa00aa00aaUL;
    x ^= t ^ (t << 7);
    t = (x ^ (x >> 14)) & 0x0000cccc0000ccccUL;
    x ^= t ^ (t << 14);
    t = (x ^ (x >> 28)) & 0x00000000f0f0f0f0UL;
    return x ^ t ^ (t << 28);
}

/* Byte k of eight samples, from eight planes. */
static uchar8 bytes_of(__local const uchar *planes, const int plane_bytes, const int k, const int group)
{
    ulong bits = 0;
    for (int plane = 0; plane < 8; plane++)
        bits |= (ulong) planes[(8 * k + plane) * plane_bytes + group] << (8 * plane);
    return as_uchar8(transposed(bits));
}

#if LANES == 1
#define PLANES (8 * SAMPLE_BYTES)
#define PLANE_BITS (SAMPLE_BYTES == 1 ? 3 : SAMPLE_BYTES == 2 ? 4 : 5)
#define LATE (6 - PLANE_BITS)

__constant ulong MASKS[6] = {0x5555555555555555UL, 0x3333333333333333UL, 0x0f0f0f0f0f0f0f0fUL,
                             0x00ff00ff00ff00ffUL, 0x0000ffff0000ffffUL, 0x00000000ffffffffUL};

/* Puts 512 samples together, in vectors: see Unshuffle.java. */
static void unshuffle_tiles(__local const uchar *planes, const int plane_bytes, __global ulong *into)
{
    ulong8 tiles[PLANES];
    for (int plane = 0; plane < PLANES; plane++)
        tiles[plane] = vload8(0, (__local const ulong *) (planes + plane * plane_bytes));
#pragma unroll
    for (int bit = 0; bit < 6; bit++) {
        const int other = 1 << (bit % PLANE_BITS);
#pragma unroll
        for (int plane = 0; plane < PLANES; plane++) {
            if ((plane & other) == 0) {
                const ulong8 t = ((tiles[plane] >> (ulong8) (1 << bit)) ^ tiles[plane | other]) & (ulong8) MASKS[bit];
                tiles[plane] ^= t << (ulong8) (1 << bit);
                tiles[plane | other] ^= t;
            }
        }
    }
    for (int entry = 0; entry < PLANES; entry++) {
        __global ulong *place = into + ((entry >> LATE) | (entry & ((1 << LATE) - 1)) << (PLANE_BITS - LATE));
        place[0] = tiles[entry].s0;
        place[PLANES] = tiles[entry].s1;
        place[2 * PLANES] = tiles[entry].s2;
        place[3 * PLANES] = tiles[entry].s3;
        place[4 * PLANES] = tiles[entry].s4;
        place[5 * PLANES] = tiles[entry].s5;
        place[6 * PLANES] = tiles[entry].s6;
        place[7 * PLANES] = tiles[entry].s7;
    }
}
#endif

/* Puts the samples together, eight per work-item and turn; work-items that are alone take more at once as long as they can. */
static void unshuffle(__local const uchar *planes, const int plane_bytes, __global uchar *into, const int lane)
{
    int first = 0;
#if LANES == 1
    if (plane_bytes % 8 == 0)
        for (; first + 64 <= plane_bytes; first += 64)
            unshuffle_tiles(planes + first, plane_bytes, (__global ulong *) (into + first * PLANES));
#endif
    for (int group = first + lane; group < plane_bytes; group += LANES) {
#if SAMPLE_BYTES == 1
        vstore8(bytes_of(planes, plane_bytes, 0, group), group, into);
#elif SAMPLE_BYTES == 2
        const ushort8 low = convert_ushort8(bytes_of(planes, plane_bytes, 0, group));
        const ushort8 high = convert_ushort8(bytes_of(planes, plane_bytes, 1, group));
        vstore8(low | high << (ushort8) 8, group, (__global ushort *) into);
#else
        uint8 samples = 0;
        for (int k = 0; k < 4; k++)
            samples |= convert_uint8(bytes_of(planes, plane_bytes, k, group)) << (uint8) (8 * k);
        vstore8(samples, group, (__global uint *) into);
#endif
    }
}

__kernel void bslz4(__global const uchar *stored, __global int *table, __global RAW *frame)
{
    __local uchar planes[LOCAL_BYTES] __attribute__((aligned(64)));
    const int lane = (int) get_local_id(0);
    const int blocks = table[1];
    const int block_bytes = table[2];
    const int shuffled_bytes = table[3];
    __global const int *starts = (__global const int *) table + HEADER;
    __global uchar *bytes = (__global uchar *) frame;

    for (int block = (int) get_group_id(0); block < blocks; block += (int) get_num_groups(0)) {
        const int start = starts[block];
        const int needed = min(block_bytes, shuffled_bytes - block * block_bytes);
        const int state = lz4(stored + start, starts[block + 1] - LENGTH_BYTES - start, planes, needed, lane);
#if LANES > 1
        barrier(CLK_LOCAL_MEM_FENCE);
#endif
        if (state == DONE)
            unshuffle(planes, needed / (8 * SAMPLE_BYTES), bytes + (long) block * block_bytes, lane);
        else if (lane == 0)
            atomic_min(&table[0], 8 * block + state);
#if LANES > 1
        barrier(CLK_LOCAL_MEM_FENCE);
#endif
    }

    if (get_global_id(0) == 0)
        for (int i = shuffled_bytes; i < PIXELS * SAMPLE_BYTES; i++)
            bytes[i] = stored[starts[blocks] - LENGTH_BYTES + i - shuffled_bytes];
}
