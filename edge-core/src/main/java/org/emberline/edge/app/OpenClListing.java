package org.emberline.edge.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Timing;

/** What could do the arithmetic, as text and for machines. */
record OpenClListing(ProbeReport report, List<Timing> timings) {

    List<String> text() {
        List<String> lines = new ArrayList<>();
        report.devices().forEach(device -> lines.add(text(device)));
        if (report.problem() != null) {
            lines.add("OpenCL: " + report.problem());
        }
        lines.add("cpu (this program, " + Runtime.getRuntime().availableProcessors() + " processors)");
        timings.forEach(timing -> lines.add("    " + text(timing)));
        lines.add("auto: " + auto());
        return lines;
    }

    private static String text(DeviceInfo device) {
        return String.format(
                Locale.ROOT,
                "%s%n    %s, driver %s, %s, %s, %d compute units, %.1f GiB%s",
                device.inWords(),
                device.vendor(),
                device.driverVersion(),
                device.openClVersion().strip(),
                device.type().name().toLowerCase(Locale.ROOT),
                device.computeUnits(),
                device.memoryBytes() / (double) (1L << 30),
                device.unusableBecause().map(why -> ", cannot be used: " + why).orElse(""));
    }

    private static String text(Timing timing) {
        return timing.problem() == null
                ? String.format(
                        Locale.ROOT, "%.0f Mpixel/s, %s", StandardPlan.megapixelsPerSecond(timing), timing.inWords())
                : timing.inWords();
    }

    /** {@code auto}, {@code problem}, {@code devices}, {@code timings}. */
    Map<String, Object> json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("auto", auto());
        root.put("problem", report.problem());
        root.put("devices", report.devices());
        root.put("timings", timings.stream().map(OpenClListing::json).toList());
        return root;
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

    private String auto() {
        Timing best = timings.getFirst();
        for (Timing timing : timings) {
            best = timing.milliseconds() < best.milliseconds() ? timing : best;
        }
        return best.name().equals("cpu") ? "cpu" : "opencl, " + best.name();
    }
}
