package org.emberline.edge.service;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damaged copies of valid inputs: flipped bits, odd bytes, cuts, repeats and grafts, one to four at a time. */
public final class Mutations {
    /** Bytes with a meaning in JSON or CBOR: lengths, tags, breaks, brackets, numbers beyond reason. */
    private static final byte[] LOADED = {
        0,
        (byte) 0xff,
        0x7f,
        (byte) 0x9f,
        (byte) 0xbf,
        0x5f,
        0x1b,
        0x3b,
        (byte) 0xc4,
        (byte) 0xfb,
        (byte) 0xf7,
        (byte) 0xd8,
        '[',
        ']',
        '{',
        '}',
        '"',
        '\\',
        ',',
        '9',
        'e',
        '-',
        0x5a,
        (byte) 0x9a,
        (byte) 0xba,
        (byte) 0xc2
    };

    private final RandomGenerator random;
    private final List<byte[]> seeds;

    public Mutations(RandomGenerator random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    public byte[] next() {
        byte[] bytes = seed().clone();
        for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes = mutate(bytes);
        }
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] mutate(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(6)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
            case 1 -> {
                bytes[at] = LOADED[random.nextInt(LOADED.length)];
                yield bytes;
            }
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at / 2, bytes.length));
            case 4 -> join(Arrays.copyOf(bytes, at), new byte[] {LOADED[random.nextInt(LOADED.length)]}, bytes, at);
            default -> join(Arrays.copyOf(bytes, at), seed());
        };
    }

    private static byte[] join(byte[] head, byte[] middle, byte[] whole, int from) {
        return join(join(head, middle), Arrays.copyOfRange(whole, from, whole.length));
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
