package org.emberline.gpu.bslz4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.junit.jupiter.api.Test;

/** LZ4 blocks by hand from the format's description, and against another library. */
class Lz4BlockTest {
    private static final byte GUARD = 0x5c;

    private final Lz4Block lz4 = new Lz4Block();

    private byte[] decode(byte[] block, int needed) throws CorruptChunkException {
        byte[] into = new byte[needed + Lz4Block.SLACK];
        lz4.decode(Arrays.copyOf(block, block.length + Lz4Block.SLACK), block.length, into, needed);
        return Arrays.copyOf(into, needed);
    }

    private void refused(String reason, int needed, int... block) {
        byte[] bytes = new byte[block.length];
        for (int i = 0; i < block.length; i++) {
            bytes[i] = (byte) block[i];
        }
        String said = assertThrows(CorruptChunkException.class, () -> decode(bytes, needed))
                .getMessage();
        assertTrue(String.valueOf(said).contains(reason), said);
    }

    /** Literals, a match that overlaps itself, and lengths beyond a nibble. */
    @Test
    void decodesByHand() throws CorruptChunkException {
        byte[] block = {0x2f, 'a', 'b', 2, 0, 6, 0x10, 'c'};
        // 2 literals, then 15 + 6 + 4 bytes from a distance of 2, then 1 literal.
        assertEquals("ab".repeat(13) + "a" + "c", new String(decode(block, 28), StandardCharsets.US_ASCII));
    }

    @Test
    void runsOfEveryDistanceAndLength() throws CorruptChunkException {
        for (int distance = 1; distance <= 80; distance++) {
            for (int length = 19; length <= 273; length += 1) {
                byte[] block = new byte[distance + 100];
                int at = 0;
                block[at++] = (byte) 0xff;
                if (distance < 15) {
                    block[at - 1] = (byte) (distance << 4 | 15);
                } else {
                    block[at++] = (byte) (distance - 15);
                }
                for (int i = 0; i < distance; i++) {
                    block[at++] = (byte) (i + 1);
                }
                block[at++] = (byte) distance;
                block[at++] = 0;
                block[at++] = (byte) (length - 19);
                block[at++] = 0;
                byte[] decoded = decode(Arrays.copyOf(block, at), distance + length);
                for (int i = 0; i < decoded.length; i++) {
                    assertEquals((byte) (i % distance + 1), decoded[i], "distance=" + distance + " length=" + length);
                }
            }
        }
    }

    @Test
    void saysWhatIsWrong() {
        refused("cut off", 1);
        refused("cut off", 1, 0x10);
        refused("cut off", 400, 0xf0, 255);
        refused("cut off", 9, 0x10, 'a', 1);
        refused("cut off", 5, 0x10, 'a', 1, 0);
        refused("needed=3", 3, 0x20, 'a', 'b');
        refused("more than needed=1", 1, 0x20, 'a', 'b');
        refused("more than needed=4", 4, 0x10, 'a', 1, 0, 0);
        refused("more than needed=100", 100, 0xf0, 255, 255, 255, 255, 255);
        refused("distance=0", 5, 0x10, 'a', 0, 0, 0);
        refused("distance=2 at=1", 5, 0x10, 'a', 2, 0, 0);
    }

    /** What the other library accepts decodes to the same; nothing is written beyond the slack. */
    @Test
    void damagedBlocksAreTakenAsByAnotherLibrary() {
        LZ4SafeDecompressor other = LZ4Factory.safeInstance().safeDecompressor();
        int accepted = 0;
        int lenient = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] content = content(random, 1 + random.nextInt(600));
            byte[] block = LZ4Factory.safeInstance().fastCompressor().compress(content);
            for (int i = random.nextInt(4); i > 0; i--) {
                block[random.nextInt(block.length)] = (byte) random.nextInt();
            }
            block = random.nextInt(8) == 0 ? Arrays.copyOf(block, random.nextInt(block.length + 1)) : block;
            byte[] expected = byOther(other, block, content.length);
            byte[] into = new byte[content.length + Lz4Block.SLACK + 8];
            Arrays.fill(into, content.length + Lz4Block.SLACK, into.length, GUARD);
            byte[] from = Arrays.copyOf(block, block.length + Lz4Block.SLACK);
            try {
                lz4.decode(from, block.length, into, content.length);
                // The other library also refuses what the format's end-of-block conditions forbid, which does no harm.
                byte[] decoded = Arrays.copyOf(into, content.length);
                lenient += expected.length == 0 ? 1 : 0;
                assertArrayEquals(expected.length == 0 ? decoded : expected, decoded, "seed " + seed);
                accepted++;
            } catch (CorruptChunkException e) {
                // The format says that a distance of 0 is invalid; the other library lets it pass.
                boolean invalid = String.valueOf(e.getMessage()).contains("distance=0 ");
                assertTrue(invalid || expected.length == 0, "seed " + seed + ": " + e.getMessage());
            }
            for (int i = content.length + Lz4Block.SLACK; i < into.length; i++) {
                assertEquals(GUARD, into[i], "seed " + seed);
            }
        }
        assertTrue(accepted > 5000 && accepted < 18_000, "accepted=" + accepted);
        assertTrue(lenient < accepted / 500, "lenient=" + lenient);
    }

    /** Empty when the block is refused or has another length. */
    private static byte[] byOther(LZ4SafeDecompressor other, byte[] block, int needed) {
        try {
            // It wants matches to end some bytes before the room does, so it gets more room than is needed.
            byte[] decoded = new byte[needed + 32];
            int length = other.decompress(block, 0, block.length, decoded, 0, decoded.length);
            return length == needed ? Arrays.copyOf(decoded, needed) : new byte[0];
        } catch (LZ4Exception e) {
            return new byte[0];
        }
    }

    private static byte[] content(Random random, int length) {
        byte[] content = new byte[length];
        int kinds = 1 + random.nextInt(4);
        int run = 1 + random.nextInt(100);
        for (int i = 0; i < length; i++) {
            boolean again = i >= run && random.nextInt(20) > 0;
            content[i] = again ? content[i - run] : (byte) random.nextInt(kinds);
        }
        return content;
    }
}
