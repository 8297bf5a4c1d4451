package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.emberline.gpu.Devices;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Reducers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code devices}: what could do the arithmetic here, and what could be wired to. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the OpenCL devices, times them and the CPU on a frame of 1024x1024 16-bit pixels, and says which is the fastest.",
            "A run with backend auto times them on its own geometry, and remembers it.",
            "Then lists what the kernel offers for thermocouples and lines (SPI, I2C, Industrial I/O, GPIO), whether it may be used"
                    + " and what mends it where not, and whether anything keeps the clock right."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:listed, also when there is none", " 2:usage"})
final class DevicesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--json",
            description =
                    "One JSON object: auto, problem, devices, timings, spi, i2c, iio, gpiochips, clock, unlisted; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ProbeReport report = Devices.probe();
        OpenClListing arithmetic = new OpenClListing(report, Reducers.time(StandardPlan.PLAN, report));
        Wiring wiring = Wiring.ofThisMachine();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> root = arithmetic.json();
            root.putAll(WiringJson.of(wiring));
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(root));
        } else {
            arithmetic.text().forEach(out::println);
            out.println();
            WiringText.of(wiring).forEach(out::println);
        }
        return ExitCode.DONE;
    }
}
