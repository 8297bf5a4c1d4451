package org.emberline.edge.app;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Numbers of an HDF5 file, read without the code under test. */
final class Hdf5Keys {

    private Hdf5Keys() {}

    static List<Integer> of(Path file, String dataset) {
        try (HdfFile hdf = new HdfFile(file)) {
            double[] keys = (double[]) hdf.getDatasetByPath(dataset).getData();
            return Arrays.stream(keys).mapToObj(key -> (int) key).toList();
        }
    }
}
