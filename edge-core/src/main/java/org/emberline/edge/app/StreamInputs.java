package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.acquire.stream2.StreamExpectation;
import org.emberline.edge.acquire.stream2.StreamSource;
import org.emberline.edge.acquire.stream2.ZeroMqFeed;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorSection;
import org.emberline.edge.app.config.ApplianceConfig.StreamSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.gpu.Detector;
import org.emberline.gpu.Geometry;

/** Makes the source of a detector that streams. Nothing is connected before the run begins: whoever is gets a share of the images. */
final class StreamInputs {
    private static final double ANGSTROM_PER_METRE = 1e10;
    private static final long WAITING_BYTES = 256L << 20;
    /** A start message has a mask and a flat of four bytes a pixel each, for each of up to four channels. */
    private static final long START_BYTES_PER_PIXEL = 32;

    private static final long START_BYTES = 1L << 20;

    private StreamInputs() {}

    static Inputs open(ApplianceConfig config) throws IOException, ConfigException {
        DetectorConfig detector = config.first();
        StreamSection stream = Objects.requireNonNull(detector.source().stream(), "the reader has read it");
        Path poni = Objects.requireNonNull(detector.detector().poni(), "the reader demands a PONI");
        Geometry geometry = shaped(Shapes.read(poni), stream, poni);
        SourceEvents events = new SourceEvents();
        long pixels = geometry.detector().pixels();
        ZeroMqFeed feed = new ZeroMqFeed(
                stream.address(),
                ZeroMqFeed.Room.of(WAITING_BYTES, pixels * stream.pixels().bytes() + START_BYTES)
                        .withMessages(pixels * START_BYTES_PER_PIXEL + START_BYTES),
                events);
        UtcClock clock = new UtcClock();
        StreamSource source = new StreamSource(
                feed,
                expectation(geometry, detector.detector(), stream),
                new StreamSource.Until(detector.source().frames(), stream.series()),
                events,
                () -> clock.relation().utcAt(System.nanoTime()));
        Input input = new Input(
                source,
                new Input.Rings(
                        geometry,
                        stream.pixels(),
                        detector.detector().rules().saturationCounts(),
                        Double.NaN,
                        null,
                        null),
                null,
                detector.source().frames(),
                null,
                () -> source.firstFailure().orElse(null),
                events);
        return new Inputs(Furnace.unmeasured(), List.of(input));
    }

    private static Geometry shaped(Geometry geometry, StreamSection stream, Path poni) throws IOException {
        if (stream.rows() > 0) {
            return Shapes.fit(geometry, stream.rows(), stream.columns(), poni);
        }
        if (geometry.detector().pixels() == 0) {
            throw new IOException(poni + ": does not say how many rows and columns its detector "
                    + geometry.detector().name() + " has: source.shape must");
        }
        return geometry;
    }

    private static StreamExpectation expectation(Geometry geometry, DetectorSection section, StreamSection stream) {
        Detector detector = geometry.detector();
        return new StreamExpectation(
                detector.rows(),
                detector.columns(),
                stream.pixels(),
                stream.channel(),
                new StreamExpectation.Beam(
                        geometry.wavelengthMetres() * ANGSTROM_PER_METRE,
                        geometry.distanceMetres(),
                        detector.pixel1Metres(),
                        detector.pixel2Metres()),
                section.rules().saturationCounts(),
                section.mask() != null,
                section.flat() != null);
    }
}
