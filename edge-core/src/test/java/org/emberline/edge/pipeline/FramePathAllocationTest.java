package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.edge.archive.RunArchive;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.metrics.diffraction.Metrics;
import org.emberline.edge.metrics.diffraction.Sample;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.grains.GrainStrips;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.reduce.ReduceStage;
import org.emberline.edge.sync.EdgeQueue;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.edge.sync.SyncStage;
import org.emberline.edge.sync.TemperatureTimeline;
import org.emberline.edge.sync.TriggerMatcher;
import org.emberline.edge.twin.Pacer;
import org.emberline.edge.twin.Twin;
import org.emberline.firmware.sim.SimulatedThermocouples;
import org.emberline.firmware.sim.SimulatedTriggerInput;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.Splitting;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The budget of the frame path: the real stages over simulated frames, and what their threads allocate once warm. */
@Timeout(120)
class FramePathAllocationTest {
    /** Until all that a frame goes through is compiled: what is not allocates what the compiler takes away. */
    private static final int WARM_UP = 600;

    private static final int MEASURED = 300;
    private static final long BUDGET_BYTES_PER_FRAME = 100;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final SimulatedThermocouples thermocouples = new SimulatedThermocouples(List.of("furnace"));
    private final SimulatedTriggerInput triggers = new SimulatedTriggerInput();

    @ParameterizedTest
    @EnumSource(names = {"CPU", "OPENCL"})
    void stageThreadsStayWithinTheBudget(Backend backend) throws Exception {
        Path config = RealData.repositoryRoot().resolve("config");
        Twin twin = new Twin(
                ScenarioFile.read(config.resolve("scenarios/calcination.toml")).withFrames(WARM_UP + MEASURED), 0);
        Sample sample = new Sample(
                PhaseFile.read(config.resolve("phases/nmc532.toml")),
                List.of(
                        PhaseFile.read(config.resolve("phases/hydroxide.toml")),
                        PhaseFile.read(config.resolve("phases/spinel.toml")),
                        PhaseFile.read(config.resolve("phases/lithium_carbonate.toml"))),
                new Optics(0.1845, Double.NaN, 0, 0.04, false));
        IntegrationPlan plan = withGrains(plan(twin), sample);
        List<Metric> metrics = Metrics.of(Metrics.names(), sample, plan.axis(), GrainSettings.USUAL);
        RunLayout layout = layout(plan, metrics);
        try (var reducer = open(backend, plan).reducer();
                RunArchive archive = archive(layout)) {
            Meter meter = new Meter(archive);
            Pipeline pipeline = pipeline(twin, layout, new ReduceStage(reducer), metrics, meter);
            meter.threads = pipeline::stageThreads;
            pipeline.start();
            assertEquals(EndReason.COMPLETED, pipeline.awaitEnd());
            pipeline.close();
            assertEquals(WARM_UP + MEASURED, pipeline.get().ledger().reduced());
            long perFrame = meter.allocated / MEASURED;
            System.out.println(
                    backend + ": stage threads allocate " + meter.allocated + " bytes in " + MEASURED + " frames");
            assertTrue(perFrame < BUDGET_BYTES_PER_FRAME, () -> perFrame + " bytes a frame");
        }
    }

    private static Reducers.Opened open(Backend backend, IntegrationPlan plan) throws NoDeviceException {
        try {
            return Reducers.open(backend, plan);
        } catch (NoDeviceException e) {
            assumeFalse(!"true".equals(System.getenv("EMBERLINE_REQUIRE_OPENCL")), e::getMessage);
            throw e;
        }
    }

    private static IntegrationPlan plan(Twin twin) {
        return new IntegrationPlan(
                twin.geometry(),
                Twin.PIXEL_FORMAT,
                false,
                new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1500, 0.5, 5.5),
                Splitting.NO,
                new Corrections(true, twin.polarizationFactor(), null, null, null),
                ErrorModel.POISSON,
                PixelRules.of(false, twin.saturationCounts()),
                Sectors.NONE);
    }

    private static IntegrationPlan withGrains(IntegrationPlan plan, Sample sample) {
        return plan.withSectors(GrainStrips.of(
                GrainSettings.USUAL, Objects.requireNonNull(sample.phase()), sample.optics(), plan.axis()));
    }

    private static RunLayout layout(IntegrationPlan plan, List<Metric> metrics) {
        DetectorLayout panel = new DetectorLayout(
                "panel",
                "test",
                new DetectorLayout.Patterns(
                        (long) plan.geometry().detector().pixels()
                                * plan.format().bytes(),
                        plan.axis(),
                        0.1845,
                        plan.sectors()),
                metrics.stream().map(Metric::layout).toList());
        return new RunLayout("allocation", Instant.EPOCH, List.of(panel), List.of("furnace"));
    }

    private RunArchive archive(RunLayout layout) throws Exception {
        return RunArchive.create(
                RunFolder.create(folder.resolve("run")),
                new RunArchive.Layout(layout.runId(), 0, layout.detectors(), layout.channels()));
    }

    private Pipeline pipeline(Twin twin, RunLayout layout, Stage reduce, List<Metric> metrics, Meter meter) {
        Books books = new Books(() -> 0);
        TemperatureTimeline temperatures = new TemperatureTimeline(1 << 14);
        EdgeQueue edges = new EdgeQueue(1 << 10);
        LatestReadings readings = new LatestReadings(layout.channels());
        thermocouples.start(reading -> {
            temperatures.append(reading);
            readings.accept(reading);
            meter.archive.reading(reading);
        });
        triggers.start(trigger -> {
            books.edge(trigger.index());
            edges.append(trigger);
            meter.archive.trigger(trigger);
        });
        return new Pipeline(
                new PipelineSettings(16, WhenFull.BLOCK, Duration.ofMillis(250)),
                layout,
                List.of(new Pipeline.Way(
                        twin.source(thermocouples, triggers, Pacer.of(0)),
                        new TriggerMatcher(edges, MatchSettings.ONE_FRAME_PER_EDGE, books, _ -> {}),
                        new Pipeline.Stages(
                                new SyncStage(temperatures, new SyncStage.Channel(0, Long.MAX_VALUE, 0)),
                                reduce,
                                new MetricsStage(metrics),
                                meter),
                        books)),
                readings,
                new HealthBoard(System::nanoTime));
    }

    /** The archive stage, reading the stage threads' meters at the end of the warm-up and at the last frame. */
    private static final class Meter implements Stage {
        private final ThreadMXBean meters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final RunArchive archive;
        private java.util.function.Supplier<List<Thread>> threads = List::of;
        private long[] ids = {};
        private long atWarm;
        private volatile long allocated;

        Meter(RunArchive archive) {
            this.archive = archive;
        }

        @Override
        public void process(FrameSlot slot) {
            if (slot.frameIndex == 0) {
                ids = threads.get().stream().mapToLong(Thread::threadId).toArray();
                assertEquals(5, ids.length, "synchronise, reduce, measure, archive, publish");
            }
            archive.stage(0).process(slot);
            if (slot.frameIndex == WARM_UP) {
                atWarm = sum();
            } else if (slot.frameIndex == WARM_UP + MEASURED - 1) {
                allocated = sum() - atWarm;
            }
        }

        private long sum() {
            long sum = 0;
            for (long id : ids) {
                sum += meters.getThreadAllocatedBytes(id);
            }
            return sum;
        }
    }
}
