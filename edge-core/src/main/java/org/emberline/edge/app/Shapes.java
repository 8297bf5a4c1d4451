package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.emberline.gpu.Detector;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.PoniException;
import org.emberline.gpu.PoniFile;

/** Reads the geometry and brings its shape and the image's together. */
final class Shapes {

    private Shapes() {}

    /**
     * The geometry in a PONI file.
     *
     * @throws IOException naming the file
     */
    static Geometry read(Path poni) throws IOException {
        try {
            return PoniFile.read(poni);
        } catch (PoniException | FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // Reading a folder, for one, fails without saying what was read.
            throw new IOException(poni + ": " + e.getMessage(), e);
        }
    }

    /**
     * The geometry with a definite shape: its own, or the image's where the PONI file leaves it open.
     *
     * @throws IOException naming both shapes when they differ
     */
    static Geometry fit(Geometry geometry, int rows, int columns, Path image) throws IOException {
        Detector detector = geometry.detector();
        if (detector.pixels() == 0) {
            return geometry.withShape(rows, columns);
        }
        if (detector.rows() != rows || detector.columns() != columns) {
            throw new IOException(image + ": the image is " + rows + "x" + columns + ", the geometry's detector "
                    + detector.name() + " is " + detector.rows() + "x" + detector.columns());
        }
        return geometry;
    }
}
