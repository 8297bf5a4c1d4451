package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.Detector;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.Devices;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.Splitting;
import org.emberline.gpu.Timing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code devices}: what could do the arithmetic here. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the OpenCL devices, times them and the CPU on a frame of 1024x1024 16-bit pixels, and says which is the fastest.",
            "A run with backend auto times them on its own geometry, and remembers it."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:listed, also when there is none", " 2:usage"})
final class DevicesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "One JSON object: auto, problem, devices, timings; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ProbeReport report = Devices.probe();
        List<Timing> timings = Reducers.time(StandardPlan.PLAN, report);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> root = new LinkedHashMap<>();
            root.put("auto", auto(timings));
            root.put("problem", report.problem());
            root.put("devices", report.devices());
            root.put("timings", timings.stream().map(DevicesCommand::json).toList());
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(root));
            return ExitCode.DONE;
        }
        for (DeviceInfo device : report.devices()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%s%n    %s, driver %s, %s, %s, %d compute units, %.1f GiB%s",
                    device.inWords(),
                    device.vendor(),
                    device.driverVersion(),
                    device.openClVersion().strip(),
                    device.type().name().toLowerCase(Locale.ROOT),
                    device.computeUnits(),
                    device.memoryBytes() / (double) (1L << 30),
                    device.unusableBecause()
                            .map(why -> ", cannot be used: " + why)
                            .orElse("")));
        }
        if (report.problem() != null) {
            out.println("OpenCL: " + report.problem());
        }
        out.println("cpu (this program, " + Runtime.getRuntime().availableProcessors() + " processors)");
        for (Timing timing : timings) {
            out.println(
                    timing.problem() == null
                            ? String.format(
                                    Locale.ROOT,
                                    "    %.0f Mpixel/s, %s",
                                    StandardPlan.megapixelsPerSecond(timing),
                                    timing.inWords())
                            : "    " + timing.inWords());
        }
        out.println("auto: " + auto(timings));
        return ExitCode.DONE;
    }

    private static Map<String, Object> json(Timing timing) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", timing.name());
        if (timing.problem() == null) {
            object.put("milliseconds", timing.milliseconds());
            object.put("mpix_per_s", StandardPlan.megapixelsPerSecond(timing));
        } else {
            object.put("problem", timing.problem());
        }
        return object;
    }

    private static String auto(List<Timing> timings) {
        Timing best = timings.getFirst();
        for (Timing timing : timings) {
            best = timing.milliseconds() < best.milliseconds() ? timing : best;
        }
        return best.name().equals("cpu") ? "cpu" : "opencl, " + best.name();
    }

    /** What devices are timed on when no run says better: a 16-bit panel of a megapixel, centred, 1000 bins. */
    private static final class StandardPlan {
        private static final int SIDE = 1024;
        private static final double PIXEL = 75e-6;
        private static final IntegrationPlan PLAN = plan();

        private static IntegrationPlan plan() {
            Detector detector = new Detector("standard", SIDE, SIDE, PIXEL, PIXEL, 3);
            double centre = SIDE / 2.0 * PIXEL;
            return new IntegrationPlan(
                    new Geometry(detector, 0.2, centre, centre, 0, 0, 0, 1e-10),
                    PixelFormat.U16,
                    false,
                    new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 1000, 0, 1.5e3 * centre),
                    Splitting.NO,
                    Corrections.SOLID_ANGLE,
                    ErrorModel.POISSON,
                    PixelRules.GAPS_NEGATIVE,
                    Sectors.NONE);
        }

        private static double megapixelsPerSecond(Timing timing) {
            return SIDE * SIDE / (timing.milliseconds() * 1e3);
        }
    }
}
