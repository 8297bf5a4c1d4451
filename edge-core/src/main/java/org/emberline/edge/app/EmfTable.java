package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.emberline.edge.acquire.InputException;
import org.emberline.firmware.ThermocoupleType;

/**
 * A table of emfs from a file: one header line {@code t90_C,emf_mV}, then a line a point; blank lines and those that begin with # are
 * skipped.
 *
 * @param points in the order of the file, at least one
 * @param printedMillivolts the last digit of the emf that has most of them
 */
record EmfTable(Path file, List<Point> points, double printedMillivolts) {

    /** One line. */
    record Point(double celsius, double millivolts) {}

    /** @throws InputException naming file and line, also for a temperature that is outside of the type's range */
    static EmfTable read(Path file, ThermocoupleType type) throws IOException {
        return new EmfTableReader(file, type).read();
    }
}
