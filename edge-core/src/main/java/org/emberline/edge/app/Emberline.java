package org.emberline.edge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.app.bench.OracleMissingException;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.service.access.Role;
import org.emberline.gpu.Backend;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.Splitting;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "emberline",
        version = "emberline " + Emberline.VERSION,
        description =
                "Watches a calcination: binds detector frames to their temperature, reduces and measures them, archives"
                        + " and publishes the result.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:done",
            " 1:run failed",
            " 2:usage",
            "69:no device",
            "74:I/O: a file, the network or the output folder",
            "78:configuration, scenario or phase file",
        },
        footer = {
            "",
            "'emberline COMMAND --help' describes a command. 'emberline test' runs all tests.",
            "'emberline bundle' packs everything for machines that have no Java.",
            "Results go to stdout, everything else to stderr.",
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            IntegrateCommand.class,
            FlatfieldCommand.class,
            AcquireCommand.class,
            SimulateCommand.class,
            ThermocoupleCommand.class,
            DevicesCommand.class,
            SensorsCommand.class,
            CheckConfigCommand.class,
            PollCommand.class,
            WatchCommand.class,
            TellCommand.class,
            KeysCommand.class,
            ExportCommand.class,
            RecoverCommand.class,
            BenchCommand.class,
        })
public final class Emberline implements Runnable {
    static final String EXIT_CODES = "%nExit codes:%n";

    /** The version of this program, as in the POM. */
    public static final String VERSION = "0.1.0";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log more, and show where in the program an error came from.")
    private boolean verbose;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = execute(
                new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8),
                arguments);
        if (!Shutdown.leave(code)) {
            System.exit(code);
        }
    }

    /**
     * Runs one command.
     *
     * @param out results
     * @param err everything else
     * @return the exit code
     */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        Emberline emberline = new Emberline();
        CommandLine line = new CommandLine(emberline);
        line.setOut(out);
        line.setErr(err);
        line.registerConverter(Backend.class, new Choice<>(Backend.class));
        line.registerConverter(CorrectionInput.Kind.class, new Choice<>(CorrectionInput.Kind.class));
        line.registerConverter(Encoding.class, new Choice<>(Encoding.class));
        line.registerConverter(Splitting.class, new Choice<>(Splitting.class));
        line.registerConverter(ErrorModel.class, new Choice<>(ErrorModel.class));
        line.registerConverter(FlatfieldQuantity.class, new Choice<>(FlatfieldQuantity.class));
        line.registerConverter(Role.class, new Choice<>(Role.class));
        line.registerConverter(PixelFormat.class, new Choice<>(PixelFormat.class));
        line.setParameterExceptionHandler(Emberline::explainUsage);
        line.setExecutionExceptionHandler(emberline::explain);
        line.setExecutionStrategy(parsed -> {
            Logging.configure(emberline.verbose);
            return new CommandLine.RunLast().execute(parsed);
        });
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            // Of all errors of the virtual machine this one is the user's: too many bins, too large a detector, too
            // many slots.
            tell(err, e);
            return ExitCode.RUN_FAILED;
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int explainUsage(CommandLine.ParameterException problem, String[] arguments) {
        CommandLine line = problem.getCommandLine();
        String help = "'" + line.getCommandSpec().qualifiedName() + " --help' says what there is";
        if (!line.getSubcommands().isEmpty()
                && problem instanceof UnmatchedArgumentException unknown
                && !unknown.isUnknownOption()) {
            line.getErr()
                    .println("emberline: no such " + (line.getParent() == null ? "command" : line.getCommandName())
                            + ": "
                            + unknown.getUnmatched().getFirst() + ", known are "
                            + String.join(", ", line.getSubcommands().keySet()));
            return ExitCode.USAGE;
        }
        StringWriter guesses = new StringWriter();
        boolean guessed = UnmatchedArgumentException.printSuggestions(problem, new PrintWriter(guesses));
        String hint = guessed ? guesses.toString().strip().lines().collect(Collectors.joining(" ")) : help;
        line.getErr().println("emberline: " + problem.getMessage() + "; " + hint);
        return ExitCode.USAGE;
    }

    private static void tell(PrintWriter err, Throwable problem) {
        Explanation.of(problem).lines().forEach(text -> err.println("emberline: " + text));
    }

    /** A line for each complaint; the stack only for those who asked. */
    private int explain(Exception problem, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        tell(err, problem);
        if (verbose) {
            problem.printStackTrace(err);
        }
        return switch (problem) {
            case ConfigException _ -> ExitCode.CONFIGURATION;
            case NoDeviceException _, OracleMissingException _, MissingDeviceException _ -> ExitCode.NO_DEVICE;
            case IOException _, UncheckedIOException _ -> ExitCode.IO;
            case UsageException _ -> ExitCode.USAGE;
            default -> ExitCode.RUN_FAILED;
        };
    }
}
