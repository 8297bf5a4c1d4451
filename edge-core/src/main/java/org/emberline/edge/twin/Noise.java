package org.emberline.edge.twin;

/**
 * Random numbers that depend on a seed, a stream and an index only, so that any frame can be made again alone. The generator is
 * xoshiro256++ (Blackman and Vigna, ACM Trans. Math. Softw. 47 (2021) 36); its state is filled
 * with SplitMix64's mixing function. Not for several threads.
 */
final class Noise {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    Noise(long seed) {
        this.seed = seed;
    }

    /** Goes to the beginning of the numbers of one index of one stream. */
    void restart(long stream, long index) {
        long state = mix(mix(mix(seed + GOLDEN) + stream + GOLDEN) + index + GOLDEN);
        s0 = mix(state);
        s1 = mix(s0 + GOLDEN);
        s2 = mix(s1 + GOLDEN);
        s3 = mix(s2 + GOLDEN);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** Standard normal (Box and Muller). */
    double gaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - uniform()));
        return radius * Math.cos(2 * Math.PI * uniform());
    }

    private long next() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
