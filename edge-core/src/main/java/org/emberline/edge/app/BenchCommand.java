package org.emberline.edge.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import org.emberline.edge.app.bench.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench}: how quick it is here. A bench is a subcommand: a class, and its name in the list below. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "NAME",
        description = "Measures how quick the program is on this machine, beside what the machine could do.",
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:measured",
            " 1:run failed",
            " 2:usage",
            "69:a device or a program to compare with is missing"
        },
        footer = {"", "'emberline bench NAME --help' describes a bench."},
        subcommands = {
            BenchReduceCommand.class,
            BenchImageCommand.class,
            BenchSyncCommand.class,
            BenchDiffractionCommand.class,
            BenchArchiveCommand.class,
            BenchCoapCommand.class,
            BenchFeedCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "a bench is missing, known are "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** Says what a bench has found. */
    static void print(Report report, boolean json, PrintWriter out) throws JsonProcessingException {
        if (json) {
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(report.json()));
        } else {
            report.lines().forEach(out::println);
        }
    }
}
