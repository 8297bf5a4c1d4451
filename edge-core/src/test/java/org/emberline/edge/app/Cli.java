package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.emberline.edge.RealData;
import org.emberline.gpu.Devices;
import org.emberline.gpu.ProbeReport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** One command of the command line, run in this process, and what came of it. */
record Cli(int code, String out, String err) {

    /** Runs a command as from a checkout's launcher. */
    static Cli run(String... arguments) {
        System.setProperty(
                "emberline.home", RealData.repositoryRoot().toAbsolutePath().toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Emberline.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Cli(code, out.toString(), err.toString());
    }

    /** Runs a command that must do its work. */
    static Cli done(String... arguments) {
        Cli cli = run(arguments);
        assertEquals(ExitCode.DONE, cli.code, cli.err);
        return cli;
    }

    /** Skips the test, or fails it under EMBERLINE_REQUIRE_OPENCL, where OpenCL is asked for and there is none. */
    static void needs(String backend) {
        if (!backend.equals("opencl")) {
            return;
        }
        ProbeReport report = OpenCl.REPORT;
        if (report.usable().isEmpty()) {
            absent("EMBERLINE_REQUIRE_OPENCL", "no OpenCL device: " + report.whyNothingUsable());
        }
    }

    /** Skips the test, or fails it under EMBERLINE_REQUIRE_ORACLES. */
    static void oracleAbsent(String reason) {
        absent("EMBERLINE_REQUIRE_ORACLES", reason);
    }

    private static void absent(String requirement, String reason) {
        if ("true".equals(System.getenv(requirement))) {
            Assertions.fail(reason + ", but " + requirement + "=true");
        }
        Assumptions.abort(reason);
    }

    private static final class OpenCl {
        static final ProbeReport REPORT = Devices.probe();
    }
}
