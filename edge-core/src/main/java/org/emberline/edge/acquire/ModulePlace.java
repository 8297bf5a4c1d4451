package org.emberline.edge.acquire;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import java.nio.file.Path;

/**
 * Where the first pixel of a module lies in the images of its detector.
 *
 * @param row in rows, of either sign
 * @param column in columns, likewise
 */
record ModulePlace(long row, long column) {
    private static final String DETECTOR = "/entry/instrument/detector/";
    private static final String DISTANCE = DETECTOR + "translation/distance";
    private static final double FARTHEST = 1 << 20;

    /** The mask of the module, beside its place. */
    static final String MASK = DETECTOR + "pixel_mask";

    /**
     * Reads {@code translation/distance}: column, row and depth, whole pixels.
     *
     * @throws InputException when it is not there, or not in whole pixels
     */
    static ModulePlace read(Path path) throws InputException {
        try (MappedFile file = MappedFile.open(path)) {
            return Hdf5File.guarded(file, DISTANCE, () -> read(file));
        }
    }

    private static ModulePlace read(MappedFile file) throws InputException {
        try (HdfFile hdf = Hdf5File.openHdf(file)) {
            Dataset distance = new Hdf5Search(file.path(), hdf).named(DISTANCE);
            Attribute units = distance.getAttribute("units");
            String unit = units == null ? "(absent)" : String.valueOf(units.getData());
            if (!unit.equals("pixel") && !unit.equals("pixels")) {
                throw new InputException(
                        file.path(), DISTANCE + " is not in pixels: units=" + InputException.quote(unit));
            }
            double[] values = values(distance.getDataFlat());
            if (values.length != 3) {
                throw new InputException(file.path(), DISTANCE + " has not three numbers: " + values.length);
            }
            return new ModulePlace(whole(file, values[1]), whole(file, values[0]));
        }
    }

    private static double[] values(Object data) {
        return switch (data) {
            case float[] floats -> {
                double[] values = new double[floats.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = floats[i];
                }
                yield values;
            }
            case double[] doubles -> doubles;
            default -> new double[0];
        };
    }

    private static long whole(MappedFile file, double value) throws InputException {
        if (value != Math.rint(value) || Math.abs(value) > FARTHEST) {
            throw new InputException(file.path(), DISTANCE + " is no whole number of pixels: " + value);
        }
        return (long) value;
    }
}
