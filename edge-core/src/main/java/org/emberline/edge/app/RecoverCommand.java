package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunRecovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code recover}: closes a run whose process has died, and says what is readable. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Closes a run whose process has died: patterns become segments, the ledger and the run get an end.",
            "Checks all files of the run; of one that is closed already it changes nothing. 'run' does this by itself at its start."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:the run is closed, and everything it recorded can be read",
            " 1:something cannot be read; it is named",
            " 2:usage",
            "74:no run, one of a newer version, or one that a living process writes",
        },
        footerHeading = "%nExample:%n",
        footer = "  emberline recover runs/20261123T101030Z-run")
final class RecoverCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "RUNDIR", description = "Run folder.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path folder;

    @Option(names = "--json", description = "Report for machines.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        RunRecovery.Report report = recover(folder);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode root = JSON.createObjectNode();
            root.put("run", folder.toString());
            root.put("unfinished", report.unfinished());
            root.put("end_reason", report.endReason());
            root.put("frames", report.frames());
            root.put("segments", report.segments());
            root.put("segments_made", report.made());
            var defects = root.putArray("defects");
            report.defects().forEach(defects::add);
            out.println(JSON.writeValueAsString(root));
        } else {
            out.println(line(folder, report));
            report.defects().forEach(out::println);
        }
        return report.defects().isEmpty() ? ExitCode.DONE : ExitCode.RUN_FAILED;
    }

    /** @throws IOException also when a living process writes the run */
    static RunRecovery.Report recover(Path folder) throws IOException {
        RunRecovery.Report report = RunRecovery.recover(new RunFolder(folder));
        if (report == null) {
            throw new IOException(folder + ": a living process writes this run");
        }
        if (report.unfinished()) {
            RecoveredSummary.write(new RunFolder(folder));
        }
        return report;
    }

    /** What was done, in one line. */
    static String line(Path folder, RunRecovery.Report report) {
        return folder + ": " + (report.unfinished() ? "closed as " : "was closed, ") + report.endReason() + ", "
                + report.frames() + " frames, " + report.segments() + " segments"
                + (report.made() > 0 ? ", " + report.made() + " of them made now" : "")
                + (report.defects().isEmpty() ? "" : ", " + report.defects().size() + " defects");
    }
}
