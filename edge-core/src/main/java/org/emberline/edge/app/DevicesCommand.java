package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.Devices;
import org.emberline.gpu.ProbeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code devices}: what could do the arithmetic here. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the OpenCL devices and what --backend auto would choose.",
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:listed, also when there is none", " 2:usage"})
final class DevicesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "One JSON object: auto, problem, devices; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ProbeReport report = Devices.probe();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> root = new LinkedHashMap<>();
            root.put("auto", auto(report));
            root.put("problem", report.problem());
            root.put("devices", report.devices());
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
        out.println("auto: " + auto(report));
        return ExitCode.DONE;
    }

    private static String auto(ProbeReport report) {
        return report.usable().isEmpty()
                ? "cpu, " + report.whyNothingUsable()
                : "opencl, " + report.usable().getFirst().inWords();
    }
}
