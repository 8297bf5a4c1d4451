package org.emberline.edge.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.emberline.edge.service.view.CoapView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code poll}: one CoAP resource as a table. */
@Command(
        name = "poll",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"Prints a CoAP resource as a table.", "The tree of resources: coap://HOST/.well-known/core"},
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:answered", " 2:usage, or no coap URI", "74:no answer, or an answer with an error code"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline poll coap://127.0.0.1/metrics",
            "  emberline poll coap://127.0.0.1:5683/pattern/panel --json",
            "  emberline poll coaps://beamline.example/metrics --identity laptop --key-file laptop.key",
        })
final class PollCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            description = "coap://HOST[:PORT]/PATH, port 5683 when none is given; or coaps://, port 5684, with a key.")
    @SuppressWarnings("NullAway.Init") // picocli
    private String uri;

    @Option(names = "--json", description = "One line of JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "Seconds to wait for the whole answer, up to 3600 (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = 10;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Override
    public Integer call() throws Exception {
        try {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            CoapView.poll(
                    uri,
                    keys.keys(),
                    timeout(timeoutSeconds),
                    new PrintStream(answer, false, StandardCharsets.UTF_8),
                    json);
            spec.commandLine().getOut().print(answer.toString(StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return ExitCode.DONE;
    }

    static Duration timeout(double seconds) throws UsageException {
        if (!(seconds > 0) || seconds > 3600) {
            throw new UsageException("--timeout must lie above 0 and not above 3600, is " + seconds);
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
