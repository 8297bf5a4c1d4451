package org.emberline.edge.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.frame.MapLayout;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.frame.TemperatureMethod;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.RunController;
import org.emberline.edge.pipeline.RunState;
import org.emberline.edge.pipeline.RunView;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.MapView;
import org.emberline.edge.pipeline.Snapshot.MetricMapView;
import org.emberline.edge.pipeline.Snapshot.MetricView;
import org.emberline.edge.pipeline.Snapshot.PatternView;
import org.emberline.edge.pipeline.Snapshot.PreviewView;
import org.emberline.edge.pipeline.Snapshot.TemperatureView;
import org.emberline.gpu.imaging.ImageShape;
import org.jspecify.annotations.Nullable;

/** A run that shows what the test puts there. */
public final class FakeRun implements RunController {
    private static final TemperatureView TEMPERATURE =
            new TemperatureView(845, 846, 0.1, 2, 500_000_000, TemperatureMethod.MEAN);

    static final Instant STARTED = Instant.parse("2026-11-22T10:00:00Z");
    static final RunView RUNNING = new RunView("run-0001", new RunState.Acquiring(), STARTED, "cpu (reference)", null);
    static final double MID_SECONDS = STARTED.getEpochSecond() + 12.25;

    private volatile @Nullable Snapshot snapshot;

    public FakeRun(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public Snapshot get() {
        Snapshot latest = snapshot;
        if (latest == null) {
            throw new IllegalStateException("a secret of the run");
        }
        return latest;
    }

    /** @param newer what to show from now on; null to fail instead */
    void show(@Nullable Snapshot newer) {
        snapshot = newer;
    }

    @Override
    public void stop() {
        throw new AssertionError("the service only reads");
    }

    @Override
    public void abort() {
        throw new AssertionError("the service only reads");
    }

    static Snapshot beforeFirstFrame() {
        RunView starting = new RunView("run-0001", new RunState.Idle(), STARTED, "cpu (reference)", null);
        return new Snapshot(0, starting, List.of(), List.of(panel(Ledger.EMPTY, null, null)));
    }

    /** Frame 7 with four metrics, one of them flagged, two channels, one of them faulty, and a pattern of so many bins. */
    private static final MetricLayout FLUX = new MetricLayout(
            "transport_flux",
            "",
            "transport_flux.minimum-energy/1",
            new MapLayout(new ImageShape(48, 64), 8, "mg/cm/s", List.of("down", "right")));

    public static Snapshot measured(int bins) {
        List<MetricView> metrics = List.of(
                new MetricView("total_counts", "count", 1_234_567, 1111.1102, List.of()),
                new MetricView("lattice_a", "m", 2.866512345e-10, 1.23e-15, List.of()),
                new MetricView("phase:a-Fe", "/", 0.8125, 0.0125, List.of("SATURATED")),
                new MetricView("disorder", "", Double.NaN, Double.NaN, List.of("REFLECTIONS_MISSING", "FIT_FAILED")));
        return snapshot(7, 850.125, metrics, bins);
    }

    /** {@link #measured} beside a microscope whose frame 3 was taken two seconds earlier. */
    static Snapshot withMicroscope() {
        Snapshot panel = measured(4);
        long midNanos = STARTED.getEpochSecond() * 1_000_000_000L + 10_250_000_000L;
        FrameView frame = new FrameView(
                3,
                midNanos,
                845.5,
                0.5,
                TEMPERATURE,
                8.3,
                List.of("SATURATED"),
                List.of(new MetricView("image_porosity", "/", 0.15, 0.01, List.of())));
        Ledger ledger = new Ledger(5, 4, 4, 4, 4, Map.of("FRAME_MISSING", 1L));
        List<MapView> maps = new ArrayList<>();
        for (int side = 256; side >= 64; side /= 2) {
            maps.add(ramp(side, 512 / side));
        }
        DetectorView microscope = new DetectorView(
                "microscope",
                DetectorRole.IMAGING,
                "cpu (reference)",
                ledger,
                frame,
                null,
                new PreviewView("microscope", 3, midNanos, 8.3, maps),
                List.of(MetricLayout.of("image_porosity", "/"), FLUX),
                List.of(flux(2, midNanos - 1_000_000_000L)));
        return new Snapshot(
                8, RUNNING, panel.channels(), List.of(panel.detectors().getFirst(), microscope));
    }

    /** A flux of 1e-7 (row + 1) downwards and of 2e-7 (column + 1) to the right. */
    static MetricMapView flux(long frame, long midNanos) {
        MapLayout layout = Objects.requireNonNull(FLUX.map());
        float[] values = new float[layout.values()];
        int columns = layout.shape().columns();
        int pixels = layout.shape().pixels();
        for (int i = 0; i < pixels; i++) {
            values[i] = 1e-7f * (i / columns + 1);
            values[pixels + i] = 2e-7f * (i % columns + 1);
        }
        return new MetricMapView("microscope", FLUX, layout, frame, midNanos, values);
    }

    /** A ramp from 0 to 1 along the columns; the first pixel is unknown. */
    private static MapView ramp(int side, int factor) {
        float[] density = new float[side * side];
        for (int i = 0; i < density.length; i++) {
            density[i] = (float) (i % side) / (side - 1);
        }
        density[0] = Float.NaN;
        return new MapView(side, side, factor, density);
    }

    /** As many metrics as asked, with names of the usual length and numbers that use all their digits. */
    static Snapshot crowded(int metrics) {
        String[] names = {"lattice_", "crystallite_", "phase:oxide_", "relative_density_", "disorder_"};
        return snapshot(
                8,
                851.5,
                IntStream.range(0, metrics)
                        .mapToObj(i -> new MetricView(
                                names[i % names.length] + i, "m", (i + 1) / 3e9, (i + 1) / 7e12, List.of()))
                        .toList(),
                4);
    }

    static Snapshot snapshot(long frame, double celsius, List<MetricView> metrics, int bins) {
        long midNanos = STARTED.getEpochSecond() * 1_000_000_000L + 12_250_000_000L + (frame - 7) * 1_000_000_000L;
        FrameView view = new FrameView(
                frame, midNanos, celsius, 0.75, TEMPERATURE, Double.NaN, List.of("TIME_SYNTHETIC"), metrics);
        List<ChannelView> channels = List.of(
                new ChannelView("furnace", midNanos, celsius + 10, 1.5, null),
                new ChannelView("cold end/2", midNanos, Double.NaN, Double.NaN, "OPEN_CIRCUIT"));
        Ledger ledger = new Ledger(10, 9, 8, 9, 9, Map.of("REDUCTION_FAILED", 1L, "FRAME_MISSING", 1L));
        return new Snapshot(frame + 1, RUNNING, channels, List.of(panel(ledger, view, pattern(frame, midNanos, bins))));
    }

    static DetectorView panel(Ledger ledger, @Nullable FrameView frame, @Nullable PatternView pattern) {
        return new DetectorView(
                "pilatus",
                DetectorRole.DIFFRACTION,
                "cpu (reference)",
                ledger,
                frame,
                pattern,
                null,
                List.of(MetricLayout.of("total_counts", "count"), MetricLayout.of("lattice_a", "m")),
                List.of());
    }

    /** A peak on a slope; bin 1 is empty. */
    private static PatternView pattern(long frame, long midNanos, int bins) {
        double[] radial = new double[bins];
        float[] intensity = new float[bins];
        float[] sigma = new float[bins];
        float[] count = new float[bins];
        for (int i = 0; i < bins; i++) {
            radial[i] = 0.5 + i * 6.0 / bins;
            intensity[i] = (float) (100 / radial[i] + 50 * Math.exp(-Math.pow((i - bins / 2.0) / 5, 2)));
            count[i] = 300 + i / 3f;
            sigma[i] = (float) Math.sqrt(intensity[i] / count[i]);
        }
        intensity[1] = Float.NaN;
        sigma[1] = Float.NaN;
        count[1] = 0;
        return new PatternView("pilatus", frame, midNanos, "q_A^-1", radial, intensity, sigma, count);
    }
}
