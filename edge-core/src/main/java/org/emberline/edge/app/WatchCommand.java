package org.emberline.edge.app;

import java.util.concurrent.Callable;
import org.emberline.edge.service.view.CoapView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch}: the notifications of a CoAP resource. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Observes a CoAP resource and prints every change, until Ctrl-C.",
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:--count changes were printed",
            " 2:usage, or no coap URI",
            "74:no answer, an answer with an error code, or a resource that cannot be observed",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline watch coap://127.0.0.1/metrics",
            "  emberline watch coap://127.0.0.1/t/furnace --count 10 --json",
        })
final class WatchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "URI",
            description = "coap://HOST[:PORT]/PATH, port 5683 when none is given; or coaps://, port 5684, with a key.")
    @SuppressWarnings("NullAway.Init") // picocli
    private String uri;

    @Option(names = "--json", description = "One line of JSON a change instead of a table.")
    private boolean json;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "End after so many changes; 0 for never (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "Seconds to wait for the first answer, up to 3600 (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = 10;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Override
    public Integer call() throws Exception {
        if (count < 0) {
            throw new UsageException("--count must not be negative, is " + count);
        }
        try {
            CoapView.watch(uri, keys.keys(), PollCommand.timeout(timeoutSeconds), count, System.out, json);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return ExitCode.DONE;
    }
}
