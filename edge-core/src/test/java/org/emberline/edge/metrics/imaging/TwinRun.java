package org.emberline.edge.metrics.imaging;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.twin.Radiograph;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.edge.twin.Twin;
import org.emberline.gpu.Backend;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImageReducers;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;

/** All image metrics over the radiographs of one scenario, without the rest of the appliance. */
final class TwinRun {
    private static final int AVERAGED = 50;

    static final List<ImageMetrics.Absorption> ENERGIES = List.of(
            new ImageMetrics.Absorption(5.24, 0.0458, 214),
            new ImageMetrics.Absorption(5.28, 0.0448, 598),
            new ImageMetrics.Absorption(8.30, 0.0454, 300),
            new ImageMetrics.Absorption(8.40, 0.0843, 291));

    /** One value of one frame; truth is NaN where there is none. */
    record Point(long frame, double value, double sigma, long flags, double truth) {
        boolean known() {
            return !Double.isNaN(value) && !Double.isNaN(truth);
        }

        double error() {
            return value - truth;
        }

        double relativeError() {
            return value / truth - 1;
        }
    }

    private final Map<String, List<Point>> series = new TreeMap<>();

    static TwinRun of(String scenario, long seed, int side) throws IOException, ConfigException {
        return new TwinRun(scenario, seed, side, ENERGIES);
    }

    TwinRun(String scenario, long seed, int side, List<ImageMetrics.Absorption> energies)
            throws IOException, ConfigException {
        SimulationSettings settings =
                ScenarioFile.read(scenarios().resolve(scenario + ".toml")).withSeed(seed);
        Twin twin = new Twin(settings, 0);
        Radiograph radiographs = twin.radiographs();
        LongFunction<SequencedMap<String, Double>> truths = twin.radiographTruths();
        ImagingPlan plan = plan(radiographs, side);
        List<Metric> metrics = ImageMetrics.of(ImageMetrics.names(), settings(energies), plan);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = ImageReducers.open(
                                Backend.CPU, plan, new ProbeReport(List.of(), "not looked for"))
                        .reducer()) {
            FrameSlot slot = new FrameSlot(arena, plan, metrics.size());
            for (long frame = 0; frame < radiographs.frames(); frame++) {
                slot.reset(frame);
                radiographs.expose(frame, slot.pixels());
                slot.startNanos = twin.radiographBegin(frame);
                slot.stopNanos = slot.startNanos;
                slot.energyKev = radiographs.energyKev(frame);
                Map<String, Double> truth = truths.apply(frame);
                slot.temperatureCelsius = truth.getOrDefault("temperature", Double.NaN);
                reducer.reduce(slot.pixels(), 0, slot.image());
                for (int i = 0; i < metrics.size(); i++) {
                    metrics.get(i).measure(slot, i);
                    String name = metrics.get(i).name();
                    series.computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(new Point(
                                    frame,
                                    slot.metricValue(i),
                                    slot.metricSigma(i),
                                    slot.metricFlags(i),
                                    truth.getOrDefault(name, Double.NaN)));
                }
            }
        }
    }

    private static ImageMetrics.Settings settings(List<ImageMetrics.Absorption> energies) {
        return new ImageMetrics.Settings(34.4, energies, 4.74, 32, Duration.ofMinutes(2), 5);
    }

    private static ImagingPlan plan(Radiograph radiographs, int side) {
        float[] dark = new float[side * side];
        float[] flat = new float[side * side];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment image = arena.allocate(radiographs.bytes());
            for (int i = 0; i < AVERAGED; i++) {
                radiographs.dark(i, image);
                add(image, dark);
                radiographs.flat(i, image);
                add(image, flat);
            }
        }
        return new ImagingPlan(
                new ImageShape(side, side),
                PixelFormat.U16,
                new Flatfield(dark, flat),
                null,
                Double.POSITIVE_INFINITY,
                1,
                new FlatScaling.Rim(4),
                new HistogramBins(-0.5, 2, 256),
                new PhotonNoise(1, AVERAGED, AVERAGED),
                ImageDetail.DENSITY);
    }

    private static void add(MemorySegment image, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += (float)
                    (Short.toUnsignedInt(image.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i)) / (double) AVERAGED);
        }
    }

    private static Path scenarios() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("config/scenarios").toFile().isDirectory()) {
            folder = Objects.requireNonNull(folder.getParent(), "tests run inside the project");
        }
        return folder.resolve("config/scenarios");
    }

    List<Point> all(String metric) {
        return series.getOrDefault(metric, List.of());
    }

    /** Those with a value and a truth. */
    List<Point> known(String metric) {
        return all(metric).stream().filter(Point::known).toList();
    }

    Iterable<String> names() {
        return series.keySet();
    }
}
