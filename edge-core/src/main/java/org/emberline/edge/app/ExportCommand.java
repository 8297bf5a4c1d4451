package org.emberline.edge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.emberline.edge.archive.RunExport;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunReader;
import org.emberline.edge.archive.RunRecovery;
import org.emberline.edge.frame.FrameFlag;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: a run for other programs. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a run for other programs, by the ending of OUT:",
            "  .nxs, .h5  all patterns, metrics and temperatures, NXazint1d; several files where one cannot hold them",
            "  .csv       a line a frame: time, temperature, every metric with sigma and flags",
            "  .xye       a folder with a text file a pattern",
            "A run whose process has died is closed first; one that still goes on is written as far as it has come."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:written", " 2:usage", "74:the run cannot be read, or OUT not be written"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline export runs/20261123T101030Z-run -o run.nxs",
            "  emberline export runs/20261123T101030Z-run -o run.csv"
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "RUNDIR", description = "Run folder.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "File or folder to write; files that are there are replaced.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path output;

    @Option(
            names = "--part-frames",
            paramLabel = "N",
            description = "Frames of one .nxs file at most (default: what the format and the memory hold).")
    private int partFrames;

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            description = "Whose frames (default: the detector that delivers patterns, else the first).")
    private @Nullable String detector;

    @Override
    public Integer call() throws IOException, UsageException {
        String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
        if (partFrames < 0) {
            throw new UsageException("--part-frames must be positive, is " + partFrames);
        }
        boolean nexus = PatternOutput.isHdf5(output);
        if (!nexus && !name.endsWith(".csv") && !name.endsWith(".xye")) {
            throw new UsageException("-o must end in .nxs, .h5, .csv or .xye, is " + output);
        }
        if (!name.endsWith(".xye")) {
            PatternOutput.requirePlace(output);
        }
        closeIfDead();
        RunFolder run = new RunFolder(folder);
        int number = number(run);
        RunExport.Written written = nexus
                ? RunExport.nexus(run, number, output, partFrames > 0 ? partFrames : RunExport.largestPart(bins(run)))
                : name.endsWith(".csv")
                        ? RunExport.csv(run, number, output, flags -> String.join(" ", FrameFlag.names(flags)))
                        : RunExport.xye(run, number, output);
        PrintWriter out = spec.commandLine().getOut();
        written.files().forEach(out::println);
        spec.commandLine().getErr().println(written.frames() + " frames");
        return ExitCode.DONE;
    }

    private void closeIfDead() throws IOException {
        if (!Files.isRegularFile(new RunFolder(folder).database())) {
            throw new IOException(folder + ": there is no run");
        }
        if (RunRecovery.isUnfinished(new RunFolder(folder))) {
            RunRecovery.Report report = RunRecovery.recover(new RunFolder(folder));
            if (report != null) {
                RecoveredSummary.write(new RunFolder(folder));
                spec.commandLine().getErr().println(RecoverCommand.line(folder, report));
            }
        }
    }

    private int number(RunFolder run) throws IOException, UsageException {
        try (RunReader reader = new RunReader(run)) {
            Map<String, String> roles = reader.detectors();
            List<String> names = List.copyOf(roles.keySet());
            if (detector != null && !names.contains(detector)) {
                throw new UsageException("--detector=" + detector + " is none of the run's, which are " + names);
            }
            return detector != null
                    ? names.indexOf(detector)
                    : Math.max(0, List.copyOf(roles.values()).indexOf("diffraction"));
        }
    }

    private static int bins(RunFolder run) throws IOException {
        try (RunReader reader = new RunReader(run)) {
            Map<String, String> facts = reader.facts();
            return Integer.parseInt(facts.getOrDefault("bins", "1"));
        }
    }
}
