package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.emberline.edge.archive.RunArchive;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.metrics.imaging.ImageMetrics;
import org.emberline.edge.reduce.ImageReduceStage;
import org.emberline.edge.sync.SyncStage;
import org.emberline.edge.sync.TemperatureTimeline;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.gpu.Backend;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReducers;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every stage of an imaging line on one thread, so that each byte it allocates is seen. */
@Timeout(120)
class ImagingLineAllocationTest {
    private static final int SIDE = 128;
    private static final int WARM_UP = 3000;
    private static final int MEASURED = 1000;
    private static final ImageMetrics.Settings SETTINGS = new ImageMetrics.Settings(
            34.4,
            List.of(new ImageMetrics.Absorption(8.3, 0.0454, 300), new ImageMetrics.Absorption(8.4, 0.0843, 291)),
            4.74,
            32,
            Duration.ofMinutes(10),
            5);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static ImagingPlan plan() {
        float[] dark = new float[SIDE * SIDE];
        float[] flat = new float[SIDE * SIDE];
        Arrays.fill(dark, 100);
        Arrays.fill(flat, 10_000);
        return new ImagingPlan(
                new ImageShape(SIDE, SIDE),
                PixelFormat.U16,
                new Flatfield(dark, flat),
                null,
                65_535,
                2,
                new FlatScaling.Rim(2),
                new HistogramBins(-1, 6, 700),
                new PhotonNoise(1, 32, 32),
                ImageDetail.FULL);
    }

    @Test
    void theStagesAllocateNothing() throws Exception {
        ImagingPlan plan = plan();
        // Whatever is in the catalogue: a metric that allocates fails here.
        List<Metric> metrics = ImageMetrics.of(ImageMetrics.names(), SETTINGS, plan);
        DetectorLayout layout = new DetectorLayout(
                "microscope",
                "test",
                new DetectorLayout.Images(plan),
                metrics.stream().map(Metric::layout).toList());
        TemperatureTimeline temperatures = new TemperatureTimeline(16);
        temperatures.append(new ThermocoupleReading.Temperature(0, 0, 20, 0.1));
        temperatures.append(new ThermocoupleReading.Temperature(0, Long.MAX_VALUE / 2, 20, 0.1));
        PublishStage publish = new PublishStage(layout, new Books(() -> 0));
        try (Arena arena = Arena.ofConfined();
                var reducer = ImageReducers.open(Backend.CPU, plan, new ProbeReport(List.of(), "not looked for"))
                        .reducer();
                RunArchive archive = RunArchive.create(
                        RunFolder.create(folder.resolve("run")),
                        new RunArchive.Layout("run", 0, List.of(layout), List.of()))) {
            List<Stage> stages = List.of(
                    new SyncStage(temperatures, new SyncStage.Channel(0, Long.MAX_VALUE, 0)),
                    new ImageReduceStage(reducer, new double[] {8.3, 8.4}),
                    new MetricsStage(metrics),
                    archive.stage(0),
                    publish);
            FrameSlot slot = layout.slot(arena);
            carry(stages, slot, 0, WARM_UP);
            ThreadMXBean meters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = meters.getCurrentThreadAllocatedBytes();
            carry(stages, slot, WARM_UP, WARM_UP + MEASURED);
            long allocated = meters.getCurrentThreadAllocatedBytes() - before;
            assertEquals(0, allocated / MEASURED, () -> allocated + " bytes in " + MEASURED + " frames");
            assertEquals(20, slot.temperatureCelsius, 1e-9);
            assertNotNull(publish.newest());
        }
    }

    private static void carry(List<Stage> stages, FrameSlot slot, int from, int to) {
        Random random = new Random(from);
        for (int frame = from; frame < to; frame++) {
            slot.reset(frame);
            slot.triggerIndex = frame;
            slot.startNanos = 1_000_000_000L * frame;
            slot.stopNanos = slot.startNanos + 500_000_000;
            for (int i = 0; i < 200; i++) {
                int pixel = random.nextInt(SIDE * SIDE);
                slot.pixels().set(ValueLayout.JAVA_SHORT, 2L * pixel, (short) (random.nextInt(9000) + 200));
            }
            for (int i = 0; i < stages.size(); i++) {
                stages.get(i).process(slot);
                stages.get(i).endOfBatch();
            }
        }
    }
}
