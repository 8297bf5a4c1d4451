package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.emberline.edge.RealData;
import org.emberline.gpu.bslz4.Bitshuffle;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.junit.jupiter.api.Test;

/** The decoder on chunks that another program wrote, as jHDF hands them out. */
class BitshuffleTest {
    private static final int SAMPLES = 20;

    private static Bitshuffle decoder(ChunkedDataset dataset) {
        int[] parameters = dataset.getFilters().getFirst().getFilterData();
        return new Bitshuffle(parameters[2], parameters[3], parameters[4] == 2);
    }

    /** Chunks written by the filter's own library: the numbers 0 to 19, in every sample and block size, with and without LZ4. */
    @Test
    void decodesChunksOfTheReferenceWriter() throws CorruptChunkException {
        int datasets = 0;
        try (HdfFile file = new HdfFile(RealData.path("stream/hdf5-filters/bitshuffle_datasets.hdf5"))) {
            for (Node node : file) {
                ChunkedDataset dataset = (ChunkedDataset) node;
                SampleType type = Objects.requireNonNull(
                        node.getName().startsWith("float")
                                ? SampleType.floating(dataset.getDataType().getSize())
                                : SampleType.integer(dataset.getDataType().getSize(), true));
                byte[] decoded = decoder(dataset)
                        .decode(MemorySegment.ofBuffer(dataset.getRawChunkBuffer(new int[1])), SAMPLES * type.bytes());
                for (int i = 0; i < SAMPLES; i++) {
                    assertEquals(i, type.read(MemorySegment.ofArray(decoded), i), node.getName());
                }
                datasets++;
            }
        }
        assertEquals(40, datasets);
    }

    @Test
    void damagedChunksAreRefusedOrDecoded() {
        int refused = 0;
        try (HdfFile file = new HdfFile(RealData.path("stream/hdf5-filters/bitshuffle_datasets.hdf5"))) {
            ChunkedDataset dataset = (ChunkedDataset) file.getDatasetByPath("int16_bs8_comp2");
            ByteBuffer raw = dataset.getRawChunkBuffer(new int[1]);
            byte[] whole = new byte[raw.remaining()];
            raw.get(whole);
            for (int seed = 0; seed < 20_000; seed++) {
                Random random = new Random(seed);
                byte[] chunk = seed < whole.length ? Arrays.copyOf(whole, seed) : whole.clone();
                if (seed >= whole.length) {
                    chunk[random.nextInt(chunk.length)] = (byte) random.nextInt();
                }
                try {
                    assertEquals(40, decoder(dataset).decode(MemorySegment.ofArray(chunk), 40).length);
                } catch (CorruptChunkException e) {
                    refused++;
                }
            }
            assertTrue(refused > whole.length, "refused=" + refused);
        }
    }
}
