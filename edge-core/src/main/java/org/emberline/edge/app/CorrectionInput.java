package org.emberline.edge.app;

import java.io.IOException;
import java.util.List;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.edge.twin.Radiograph;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.edge.twin.Twin;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.ImageShape;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one configured imaging detector while it looks at nothing but dark or beam.
 *
 * @param saturationCounts the least of what detector and configuration say
 * @param opened what else was opened with the source
 */
record CorrectionInput(
        String detector,
        ImageShape shape,
        PixelFormat format,
        double saturationCounts,
        FrameSource source,
        @Nullable Inputs opened)
        implements AutoCloseable {

    /** What is in the beam. */
    enum Kind {
        /** The shutter is closed. */
        DARK,
        /** The shutter is open and the sample is out. */
        FLAT
    }

    /**
     * Opens the source of a detector; a simulated microscope then shows what {@code kind} says.
     *
     * @param detector from {@link #chosen}
     */
    static CorrectionInput open(ApplianceConfig config, DetectorConfig detector, Kind kind)
            throws IOException, ConfigException {
        if (config.first().source().kind() == SourceKind.SIMULATED) {
            return simulated(config, detector, kind);
        }
        Inputs inputs = FileInputs.open(config, 0); // no time is asked for, nor waited for
        Input input = inputs.detectors().get(config.detectors().indexOf(detector));
        Input.Radiographs view = (Input.Radiographs) input.view();
        return new CorrectionInput(
                detector.detector().name(),
                view.shape(),
                view.format(),
                Math.min(detector.detector().rules().saturationCounts(), view.saturationCounts()),
                input.source(),
                inputs);
    }

    /**
     * @param name the detector's, or null for the only imaging detector
     * @throws UsageException when there is no such imaging detector, or several and no name
     */
    static DetectorConfig chosen(ApplianceConfig config, @Nullable String name) throws UsageException {
        List<DetectorConfig> imaging = config.detectors().stream()
                .filter(detector -> detector.role() == DetectorRole.IMAGING)
                .toList();
        List<String> names =
                imaging.stream().map(detector -> detector.detector().name()).toList();
        if (imaging.isEmpty()) {
            throw new UsageException("the configuration has no detector with role=imaging");
        }
        if (name == null && imaging.size() > 1) {
            throw new UsageException("which imaging detector? there are " + names);
        }
        return imaging.stream()
                .filter(detector -> name == null || detector.detector().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("no imaging detector is named " + name + ", known are " + names));
    }

    private static CorrectionInput simulated(ApplianceConfig config, DetectorConfig detector, Kind kind)
            throws ConfigException {
        SimulationSettings settings = SimulatedInputs.settings(config);
        Radiograph microscope = new Twin(settings, 0).radiographs();
        return new CorrectionInput(
                detector.detector().name(),
                new ImageShape(
                        settings.radiograph().camera().rows(),
                        settings.radiograph().camera().columns()),
                Twin.RADIOGRAPH_FORMAT,
                Math.min(detector.detector().rules().saturationCounts(), Twin.RADIOGRAPH_FORMAT.maximum()),
                new SimulatedCorrections(microscope, kind),
                null);
    }

    /** @throws IOException when the source ends before */
    void next(FrameSlot slot, int taken, int wanted) throws IOException {
        slot.reset(taken);
        FrameSource.Next next = source.next(slot);
        while (next == FrameSource.Next.LOST) {
            next = source.next(slot);
        }
        if (next == FrameSource.Next.END) {
            throw new IOException("the source of " + detector + " ended after " + taken + " of " + wanted
                    + " frames; nothing is written");
        }
    }

    @Override
    public void close() {
        if (opened == null) {
            source.close();
        } else {
            opened.close();
        }
    }

    /** Darks or flats without end. */
    private record SimulatedCorrections(Radiograph microscope, Kind kind) implements FrameSource {
        @Override
        public Next next(FrameSlot slot) {
            if (kind == Kind.DARK) {
                microscope.dark(slot.frameIndex, slot.pixels());
            } else {
                microscope.flat(slot.frameIndex, slot.pixels());
            }
            return Next.FRAME;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
