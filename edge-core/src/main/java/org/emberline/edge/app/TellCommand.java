package org.emberline.edge.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.emberline.edge.service.view.CoapView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tell}: a command for a run. */
@Command(
        name = "tell",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells a service to arm, start, stop or abort its run, or what the run measures (label TEXT); between runs, to take darks or"
                    + " flats (dark or flat [FRAMES [DETECTOR]]).",
            "Needs coaps and a key of role operator."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:done", " 2:usage, or no coap URI", "74:no answer, or a refusal, in one line"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline tell coaps://beamline.example/run --identity console --key-file console.key start",
            "  emberline tell coaps://beamline.example/run --identity console --key-file console.key label batch 12",
            "  emberline tell coaps://beamline.example/run --identity console --key-file console.key dark 64",
        })
final class TellCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "URI", description = "coaps://HOST[:PORT]/run, port 5684 when none is given.")
    @SuppressWarnings("NullAway.Init") // picocli
    private String uri;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "arm, start, stop, abort, label and a text, dark or flat and how many frames.")
    @SuppressWarnings("NullAway.Init") // picocli
    private List<String> words;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "Seconds to wait for the answer, up to 3600 (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = 30;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Override
    public Integer call() throws Exception {
        try {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            CoapView.tell(
                    uri,
                    keys.keys(),
                    String.join(" ", words),
                    PollCommand.timeout(timeoutSeconds),
                    new PrintStream(answer, false, StandardCharsets.UTF_8));
            spec.commandLine().getOut().print(answer.toString(StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return ExitCode.DONE;
    }
}
