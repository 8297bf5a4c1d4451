package org.emberline.edge.acquire;

import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.Filter;
import io.jhdf.filter.FilterManager;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.emberline.gpu.bslz4.Bitshuffle;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.emberline.gpu.bslz4.Lz4Chunk;

/**
 * Filters that take the place of jHDF 0.13.0's: its LZ4 and bitshuffle decode the last block of a chunk wrongly when it is shorter than the others,
 * and its Fletcher-32 neither compares the check sum nor takes it away.
 */
final class Hdf5Filters {
    private static final int FLETCHER32 = 3;
    private static final int LZ4 = 32004;
    static final int BITSHUFFLE = 32008;
    /** The compressions of bitshuffle, the fifth of its parameters. */
    static final int BITSHUFFLE_PLAIN = 0;

    static final int BITSHUFFLE_LZ4 = 2;

    private static final int PARAMETERS = 5;
    private static final long LARGEST_EXPANSION = 255;

    static {
        FilterManager.addFilter(new CheckSum());
        FilterManager.addFilter(new Lz4());
        FilterManager.addFilter(new Shuffled());
    }

    private Hdf5Filters() {}

    /** Puts them in the place of jHDF's. */
    static void register() {
        // done when this class is initialised
    }

    /** HDF5 File Format Specification 3.0, section IV.A.2.l: the sum of the bytes before, 32 bits, little-endian. */
    private static final class CheckSum implements Filter {
        @Override
        public int getId() {
            return FLETCHER32;
        }

        @Override
        public String getName() {
            return "fletcher32";
        }

        @Override
        public byte[] decode(byte[] encoded, int[] parameters) {
            int bytes = encoded.length - Integer.BYTES;
            if (bytes < 0) {
                throw new HdfFilterException("no room for a check sum in bytes=" + encoded.length);
            }
            int stored = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes);
            int found = sum(encoded, bytes);
            if (stored != found) {
                throw new HdfFilterException(
                        String.format(Locale.ROOT, "damaged: check sum %08x, stored with it %08x", found, stored));
            }
            return Arrays.copyOf(encoded, bytes);
        }

        /** Fletcher, IEEE Trans. Commun. 30 (1982) 247, over 16-bit big-endian words; carries are added at the other end. */
        private static int sum(byte[] data, int bytes) {
            long sum = 0;
            long sumOfSums = 0;
            for (int at = 0; at < bytes; at += Short.BYTES) {
                int low = at + 1 < bytes ? data[at + 1] & 0xff : 0;
                sum = folded(sum + ((data[at] & 0xff) << Byte.SIZE) + low);
                sumOfSums = folded(sumOfSums + sum);
            }
            return (int) ((sumOfSums << Short.SIZE) | sum);
        }

        private static long folded(long sum) {
            return (sum & 0xffff) + (sum >>> Short.SIZE);
        }
    }

    private static final class Lz4 implements Filter {
        @Override
        public int getId() {
            return LZ4;
        }

        @Override
        public String getName() {
            return "lz4";
        }

        @Override
        public byte[] decode(byte[] encoded, int[] parameters) {
            try {
                return Lz4Chunk.decode(encoded);
            } catch (CorruptChunkException e) {
                throw new HdfFilterException(e.getMessage(), e);
            }
        }
    }

    private static final class Shuffled implements Filter {
        @Override
        public int getId() {
            return BITSHUFFLE;
        }

        @Override
        public String getName() {
            return "bitshuffle";
        }

        @Override
        public byte[] decode(byte[] encoded, int[] parameters) {
            int compression = parameters.length < PARAMETERS ? -1 : parameters[4];
            if (compression != BITSHUFFLE_PLAIN && compression != BITSHUFFLE_LZ4) {
                throw new HdfFilterException("bitshuffle with an unread compression");
            }
            boolean lz4 = compression == BITSHUFFLE_LZ4;
            long bytes = lz4 ? claimed(encoded) : encoded.length;
            long most = Math.min(LARGEST_EXPANSION * encoded.length, Integer.MAX_VALUE);
            if (parameters[2] < 1 || bytes < 0 || bytes > most) {
                throw new HdfFilterException("bitshuffle of " + encoded.length + " bytes claims to hold " + bytes);
            }
            try {
                return new Bitshuffle(parameters[2], parameters[3], lz4)
                        .decode(MemorySegment.ofArray(encoded), (int) bytes);
            } catch (CorruptChunkException e) {
                throw new HdfFilterException(e.getMessage(), e);
            }
        }

        /** The chunk's own word for its decoded bytes. */
        private static long claimed(byte[] encoded) {
            return encoded.length < Long.BYTES ? -1 : ByteBuffer.wrap(encoded).getLong();
        }
    }
}
