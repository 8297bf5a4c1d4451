package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets a clear line and the right exit code, and leaves nothing behind. */
class BadInputTest {
    private static final String PONI = """
            poni_version: 2.1
            Detector: Detector
            Detector_config: {"pixel1": 1e-4, "pixel2": 1e-4, "max_shape": [4, 5], "orientation": 3}
            Distance: 0.1
            Poni1: 0.0
            Poni2: 0.0
            Rot1: 0.0
            Rot2: 0.0
            Rot3: 0.0
            Wavelength: 1e-11
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void makeFiles() throws IOException {
        write("p.poni", PONI);
        write("version.poni", PONI.replace("2.1", "3"));
        write("missing.poni", PONI.replace("Poni1: 0.0\n", ""));
        write("word.poni", PONI.replace("Rot2: 0.0", "Rot2: none of it"));
        write("shape.poni", PONI.replace("[4, 5]", "[6, 7]"));
        write("wave.poni", PONI.replace("Wavelength: 1e-11\n", ""));
        image("a.npy", 4, 5, 7);
        image("mask.npy", 3, 5, 0);
        image("all.npy", 4, 5, 1);
        image("zero.npy", 4, 5, 0);
        byte[] whole = Files.readAllBytes(folder.resolve("a.npy"));
        Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 9));
        Files.write(folder.resolve("empty.tif"), new byte[0]);
        write("text.tif", "hello\n");
        write("line.csv", "time_s,celsius\n0,20\n1,x21\n2,22\n");
        write("short.csv", "time_s,celsius\n0,20\n0.5,22\n");
        configurations();
    }

    private static void configurations() throws IOException {
        Path shipped = RealData.repositoryRoot().resolve("config");
        String phase = Files.readString(shipped.resolve("phases/nmc532.toml"));
        write("bad-phase.toml", phase.replace("a_angstrom", "a_angstrm"));
        String scenario = Files.readString(shipped.resolve("scenarios/calcination.toml"));
        write(
                "bad-scenario.toml",
                scenario.replace("rows = 512", "rows = \"a\"").replace("readings_per_frame", "readings"));
        String appliance = Files.readString(shipped.resolve("appliance.toml"))
                .replace("scenarios/", shipped + "/scenarios/")
                .replace("phases/", shipped + "/phases/")
                .replace("../runs", folder.resolve("runs").toString())
                .replace("port = 5683", "port = 0");
        write("misspelt.toml", appliance.replace("bins =", "bin ="));
        write("range.toml", appliance.replace("bins = 1500", "bins = 0").replace("\"no\"", "\"maybe\""));
        write("metric.toml", appliance.replace("\"total_counts\"", "\"total_cuonts\""));
        write("no-phase.toml", appliance.replaceAll("(?m)^phase =.*$", ""));
        write("syntax.toml", appliance.replace("bins = 1500", "bins ="));
        write("bind.toml", appliance.replace("127.0.0.1", ""));
        write("unit.toml", appliance.replace("q_A^-1", "2th_deg"));
        write(
                "both.toml",
                appliance
                        .replaceAll("(?m)^phase =.*$", "phase = \"bad-phase.toml\"")
                        .replaceAll("(?m)^scenario.*$", "scenario = \"bad-scenario.toml\""));
        write("port.toml", appliance);
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** A NumPy file of version 1.0 with one image of int32, every pixel the same. */
    private static void image(String name, int rows, int columns, int value) throws IOException {
        imageOfInt(folder.resolve(name), rows, columns, value);
    }

    static void imageOfInt(Path file, int rows, int columns, int value) throws IOException {
        String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        header = header + " ".repeat(117 - header.length()) + "\n";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + 4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        bytes.put((byte) 1).put((byte) 0).putShort((short) header.length());
        bytes.put(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            bytes.putInt(value);
        }
        Files.write(file, bytes.array());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                           | 2 | a command is missing",
                "bake                                       | 2 | no such command: bake, known are demo, run,",
                "demo --frmes 3                             | 2 | Unknown options: '--frmes', '3'; Possible solutions: --frames",
                "demo --frames 0 --out @new                 | 2 | --frames must be at least 1, is 0",
                "demo --frames x                            | 2 | 'x' is not an int",
                "demo --frames 99999999 --out @new          | 78 | simulation.frames=99999999 must be at least 1",
                "demo --seed -1 --out @new                  | 2 | --seed must not be negative, is -1",
                "demo --scenario nope --out @new            | 2 | --scenario nope: there is no such scenario, known are [beam-dump, calcination",
                "demo --backend cuda --out @new             | 2 | must be one of [auto, opencl, cpu], is \"cuda\"",
                "demo --frames 2 --backend cpu --out @text.tif     | 74 | @text.tif: the output folder is a file",
                "demo --frames 2 --backend cpu --out @text.tif/new | 74 | @text.tif/new: the output folder cannot be made",
                "demo --frames 2 --backend cpu --out /proc/new     | 74 | /proc/new: the output folder cannot be made",
                "demo --frames 2 --backend cpu --out @.            | 74 | the output folder is not empty",
                "integrate                                  | 2 | Missing required options and parameters: '--poni=P', 'FILE'",
                "integrate --poni @p.poni @none.tif         | 74 | @none.tif: no such file",
                "integrate --poni @none.poni @none.tif      | 74 | @none.poni: no such file",
                "integrate --poni @. @a.npy                 | 74 | Is a directory",
                "integrate --poni @p.poni @.                | 74 | is a directory",
                "integrate --poni @p.poni @empty.tif        | 74 | @empty.tif: is empty",
                "integrate --poni @p.poni @text.tif         | 74 | @text.tif: unknown kind of file",
                "integrate --poni @p.poni @cut.npy          | 74 | @cut.npy: truncated",
                "integrate --poni @shape.poni @a.npy        | 74 | @a.npy: the image is 4x5, the geometry's detector Detector is 6x7",
                "integrate --poni @version.poni @a.npy      | 74 | @version.poni:1: poni_version=3 is not a version",
                "integrate --poni @missing.poni @a.npy      | 74 | @missing.poni: key Poni1 is missing",
                "integrate --poni @word.poni @a.npy         | 74 | @word.poni:8: Rot2=none of it is not a finite number",
                "integrate --poni @wave.poni @a.npy         | 74 | the geometry gives no wavelength, which unit=q_A^-1 needs",
                "integrate --poni @p.poni --mask @mask.npy @a.npy | 74 | @mask.npy: image of 3x5 (rows x columns) does not fit frames of 4x5",
                "integrate --poni @p.poni --dark @mask.npy @a.npy | 74 | @mask.npy: image of 3x5",
                "integrate --poni @p.poni --flat @none.npy @a.npy | 74 | @none.npy: no such file",
                "integrate --poni @p.poni --mask @all.npy @a.npy  | 74 | every pixel of the detector 4x5 is masked",
                "integrate --poni @p.poni --npt 0 @a.npy    | 2 | --npt must lie in 1..1000000, is 0",
                "integrate --poni @p.poni --range 5 @a.npy  | 2 | --range must be LO,HI with LO < HI, is 5",
                "integrate --poni @p.poni --range 5,4 @a.npy | 2 | --range must be LO,HI with LO < HI, is 5,4",
                "integrate --poni @p.poni --range a,b @a.npy | 2 | --range must be LO,HI with LO < HI, is a,b",
                "integrate --poni @p.poni --range 1,NaN @a.npy | 2 | --range must be LO,HI with LO < HI, is 1,NaN",
                "integrate --poni @p.poni --unit d_A @a.npy | 2 | --unit d_A is not known, known are [q_A^-1,",
                "integrate --poni @p.poni --split yes @a.npy | 2 | must be one of [no, bbox, full], is \"yes\"",
                "integrate --poni @p.poni --monitor 0 @a.npy | 2 | --monitor must be finite and positive, is 0.0",
                "integrate --poni @p.poni --azimuth 10,5 @a.npy | 2 | --azimuth must be LO,HI with LO < HI, is 10,5",
                "integrate --poni @p.poni --azimuth 0,400 @a.npy | 2 | --azimuth 0,400: azimuthal range is empty, inverted or beyond a full circle",
                "integrate --poni @p.poni --cake 36 @a.npy  | 2 | --cake needs -o with a file that ends in .h5 or .nxs",
                "integrate --poni @p.poni --cake 0 -o @x.nxs @a.npy | 2 | --cake must be 1 or more",
                "integrate --poni @p.poni --flat @zero.npy @a.npy | 74 | every pixel of the detector 4x5 is masked: 20 without a positive flat",
                "integrate --poni @p.poni --error gauss @a.npy | 2 | must be one of [poisson, azimuthal, none], is \"gauss\"",
                "integrate --poni @p.poni --polarization 2 @a.npy | 2 | --polarization must lie in -1..1, is 2.0",
                "integrate --poni @p.poni --frame 1 @a.npy  | 2 | --frame 1: @a.npy has 1 images",
                "integrate --poni @p.poni --dataset /x @a.npy | 74 | @a.npy: is no HDF5 file",
                "integrate --poni @p.poni -o @no/x.csv @a.npy | 74 | @no/x.csv: the output's folder does not exist",
                "integrate --poni @p.poni -o @. @a.npy      | 74 | the output is a folder",
                "replay                                     | 2 | replay needs --config, or --poni and --frames",
                "replay --poni @p.poni                      | 2 | replay needs --config, or --poni and --frames",
                "replay --config @port.toml                 | 2 | replay needs source.kind = \"files\"",
                "replay --config @port.toml --cadence 3     | 2 | --cadence cannot be given with --config",
                "replay --poni @p.poni --frames @cut.npy --out @new | 74 | @cut.npy: truncated",
                "replay --poni @shape.poni --frames @a.npy --out @new | 74 | @a.npy: the image is 4x5, the geometry's detector Detector is 6x7",
                "replay --poni @p.poni --frames @a.npy @mask.npy --out @new | 74 | @mask.npy: frames of 3x5 I32 differ from 4x5 I32",
                "replay --poni @p.poni --frames @a.npy --temperature @line.csv --out @new | 74 | @line.csv: line 3: temperature is no number: \"1,x21\"",
                "replay --poni @p.poni --frames @a.npy --temperature @short.csv --out @new | 74 | @short.csv: does not cover frame 0, exposed from 0.0 s to 1.0 s",
                "replay --poni @p.poni --frames @a.npy --cadence 0 --out @new | 2 | --cadence must lie in 1.0E-6..3.2E7, is 0.0",
                "replay --poni @p.poni --frames @a.npy --exposure 2 --out @new | 2 | not exceed --cadence 1.0, is 2.0",
                "replay --poni @p.poni --frames @a.npy --phase @none.toml --out @new | 78 | @none.toml: no such file",
                "replay --poni @p.poni --frames @a.npy --phase @bad-phase.toml --out @new | 78 | @bad-phase.toml: a_angstrm is not a key, did you mean a_angstrom?",
                "run --config @none.toml                    | 78 | @none.toml: no such file",
                "run --config @misspelt.toml                | 78 | @misspelt.toml: reduce.bin is not a key, did you mean reduce.bins?",
                "run --config @unit.toml                    | 78 | @unit.toml: metric lattice_a needs unit=q_A^-1 or q_nm^-1, not unit=2th_deg",
                "check-config @misspelt.toml                | 78 | @misspelt.toml: reduce.bin is not a key, did you mean reduce.bins?",
                "check-config @range.toml                   | 78 | @range.toml: reduce.bins must lie in 1..65536, is 0",
                "check-config @metric.toml                  | 78 | @metric.toml: metrics.enabled holds \"total_cuonts\", known are [total_counts,",
                "check-config @no-phase.toml                | 78 | @no-phase.toml: metrics.phase is missing",
                "check-config @syntax.toml                  | 78 | @syntax.toml: line 19 is not TOML",
                "check-config @bind.toml                    | 78 | @bind.toml: coap.bind is empty",
                "check-config @unit.toml                    | 78 | @unit.toml: metric lattice_a needs unit=q_A^-1 or q_nm^-1",
                "check-config @.                            | 78 | cannot be read (Is a directory)",
                "poll coap://127.0.0.1:9/metrics --timeout 0.3 | 74 | coap://127.0.0.1:9/metrics: no answer within 300 ms",
                "poll coap://[bad                           | 2 | uri=coap://[bad",
                "poll http://127.0.0.1/                     | 2 | does not begin with coap://",
                "poll coap://127.0.0.1/ --timeout 0         | 2 | --timeout must lie above 0",
                "watch coap://127.0.0.1:9/metrics --timeout 0.3 | 74 | no answer within 300 ms",
                "watch coap://127.0.0.1/ --count -1         | 2 | --count must not be negative, is -1",
                "devices --jsn                              | 2 | Unknown option: '--jsn'",
            })
    void isExplainedInALine(String arguments, int code, String message) {
        String[] words = arguments == null ? new String[0] : at(arguments).split(" +");
        Cli cli = Cli.run(words);
        assertEquals(code, cli.code(), cli.err());
        assertTrue(cli.err().contains(at(message)), cli.err());
        assertTrue(cli.err().lines().allMatch(line -> line.startsWith("emberline: ")), cli.err());
        assertFalse(cli.err().contains("\tat "), cli.err());
        assertEquals("", cli.out());
        assertFalse(Files.exists(folder.resolve("new")), "nothing is left behind");
        assertFalse(Files.exists(folder.resolve("runs")), "nothing is left behind");
    }

    private static String at(String text) {
        return text.replace("@", folder + "/");
    }

    @Test
    void severalComplaintsComeTogetherALineEach() {
        Cli configuration = Cli.run("check-config", at("@both.toml"));
        assertEquals(
                List.of(
                        at("emberline: @bad-phase.toml: a_angstrom is missing"),
                        at("emberline: @bad-phase.toml: a_angstrm is not a key, did you mean a_angstrom?"),
                        at("emberline: @bad-scenario.toml: simulation.thermocouple.readings_per_frame is missing")),
                configuration.err().lines().limit(3).toList());
        assertEquals(5, configuration.err().lines().count());
        Cli range = Cli.run("check-config", at("@range.toml"));
        assertEquals(2, range.err().lines().count(), range.err());
        Cli files = Cli.run(
                "replay",
                "--poni",
                at("@version.poni"),
                "--frames",
                at("@x.tif"),
                at("@y.tif"),
                "--temperature",
                at("@line.csv"));
        assertEquals(ExitCode.IO, files.code());
        assertEquals(4, files.err().lines().count(), files.err());
    }

    @Test
    void aPortInUseLeavesNoRunFolder() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String text =
                    Files.readString(folder.resolve("port.toml")).replace("port = 0", "port = " + taken.getLocalPort());
            Path config = Files.writeString(folder.resolve("taken.toml"), text);
            Cli cli = Cli.run("run", "--config", config.toString());
            assertEquals(ExitCode.IO, cli.code(), cli.err());
            assertEquals(
                    "emberline: CoAP cannot bind address=127.0.0.1 port=" + taken.getLocalPort()
                            + ": Address already in use\n",
                    cli.err());
            assertFalse(Files.exists(folder.resolve("runs")));
        }
    }

    @Test
    void aTruncatedHdf5FileIsRefusedBeforeTheRun() throws IOException {
        byte[] whole = Files.readAllBytes(RealData.path("diffraction/ceo2-ge41rt/ge_wppf.h5"));
        Path cut = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, whole.length / 2));
        String poni = RealData.path("diffraction/ceo2-ge41rt/ceria_GE41RT.poni").toString();
        Path out = folder.resolve("cut-run");
        for (Cli cli : List.of(
                Cli.run("integrate", "--poni", poni, cut.toString()),
                Cli.run("replay", "--poni", poni, "--frames", cut.toString(), "--out", out.toString()))) {
            assertEquals(ExitCode.IO, cli.code(), cli.err());
            assertTrue(cli.err().startsWith("emberline: " + cut + ": damaged or unread HDF5"), cli.err());
            assertEquals(1, cli.err().lines().count(), cli.err());
        }
        assertFalse(Files.exists(out));
    }

    @Test
    void aFolderThatHoldsARunIsLeftAsItIs() throws IOException {
        Path run = folder.resolve("first");
        var _ = Cli.done("demo", "--frames", "2", "--radiographs", "0", "--backend", "cpu", "--out", run.toString());
        byte[] before = Files.readAllBytes(run.resolve("run.sqlite"));
        Cli again = Cli.run("demo", "--frames", "2", "--radiographs", "0", "--backend", "cpu", "--out", run.toString());
        assertEquals(ExitCode.IO, again.code());
        assertEquals(
                "emberline: " + run + ": the output folder already holds a run; choose another one\n", again.err());
        assertTrue(Arrays.equals(before, Files.readAllBytes(run.resolve("run.sqlite"))));
        var _ = FinishedRun.in(run); // with what belongs to a run and nothing else
    }

    @Test
    void theStackIsShownToThoseWhoAsk() {
        Cli cli = Cli.run("integrate", "--verbose", "--poni", at("@p.poni"), at("@none.tif"));
        assertTrue(cli.err().contains("\tat org.emberline."), cli.err());
    }
}
