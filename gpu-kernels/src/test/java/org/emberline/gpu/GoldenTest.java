package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the references that src/test/python/make_golden.py computes with numpy and with pyFAI 0.21.3. */
final class GoldenTest {
    private static final Geometry GEOMETRY = new Geometry(
            new Detector("golden", 61, 83, 1.0e-4, 1.3e-4, 3), 0.02, 0.0031, 0.0052, 0.02, -0.015, 0.3, 0.7e-10);
    /** Both add doubles in their own order. */
    private static final double DOUBLE_PRECISION = 1e-9;
    /** pyFAI holds positions and pixels in single precision. */
    private static final double SINGLE_PRECISION = 2e-5;

    private static final double SAME_COUNT = 1e-3;

    private record Golden(Map<String, String> settings, double[][] bins) {}

    static Stream<Arguments> cases() {
        List<String> names = List.of(
                "plain",
                "plain_bbox",
                "corrected",
                "corrected_bbox",
                "gaps",
                "negative_bbox",
                "radius",
                "orientation1",
                "orientation2",
                "orientation4_bbox",
                "radians",
                "azimuthal",
                "azimuthal_plain",
                "azimuthal_bbox");
        return names.stream()
                .flatMap(name -> Stream.of(TestBackend.values()).map(backend -> Arguments.of(name, backend)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void agreesWithTheReferences(String name, TestBackend backend) throws IOException {
        Golden golden = read(name);
        IntegrationPlan plan = plan(golden.settings);
        Reduction result = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            byte[] pixels = resource("golden-" + golden.settings.get("frame") + ".bin");
            MemorySegment frame = arena.allocate(pixels.length);
            MemorySegment.copy(MemorySegment.ofArray(pixels), 0, frame, 0, pixels.length);
            reducer.reduce(frame, result);
        }
        assertEquals(golden.bins.length, plan.axis().bins());
        checkDoublePrecision(golden, plan, result);
        checkPyFai(golden, plan, result);
    }

    private static void checkDoublePrecision(Golden golden, IntegrationPlan plan, Reduction result) {
        double exact = plan.splitting() == Splitting.NO ? 0 : DOUBLE_PRECISION;
        int filled = 0;
        for (int bin = 0; bin < golden.bins.length; bin++) {
            double[] reference = golden.bins[bin];
            assertEquals(reference[0], result.count()[bin], exact, "count of bin " + bin);
            assertClose(reference[1], result.intensity()[bin], DOUBLE_PRECISION, "intensity of bin " + bin);
            assertClose(reference[2], result.sigma()[bin], DOUBLE_PRECISION, "sigma of bin " + bin);
            filled += reference[0] > 0 ? 1 : 0;
        }
        assertTrue(filled > golden.bins.length / 2, "most bins hold pixels");
    }

    /** Without splitting, pyFAI 0.21.3 leaves the dark's variance out, so sigma is compared where there is none. */
    private static void checkPyFai(Golden golden, IntegrationPlan plan, Reduction result) {
        boolean withDark = plan.corrections().dark() != null;
        int same = 0;
        int sigmas = 0;
        int filled = 0;
        for (int bin = 0; bin < golden.bins.length; bin++) {
            double[] reference = golden.bins[bin];
            if (Math.abs(reference[3] - result.count()[bin]) > (plan.splitting() == Splitting.NO ? 0 : SAME_COUNT)) {
                continue;
            }
            same++;
            filled += reference[3] > 0 ? 1 : 0;
            assertClose(reference[4], result.intensity()[bin], SINGLE_PRECISION, "pyFAI's intensity of bin " + bin);
            boolean comparable = !Double.isNaN(reference[5]) && (plan.splitting() == Splitting.BBOX || !withDark);
            if (comparable) {
                sigmas++;
                assertClose(reference[5], result.sigma()[bin], SINGLE_PRECISION, "pyFAI's sigma of bin " + bin);
            }
        }
        assertTrue(same >= 0.95 * golden.bins.length, "bins with pyFAI's count: " + same);
        boolean countsAreLow = plan.rules().keepNegative() || weighted(plan);
        boolean darkLeftOut = plan.splitting() == Splitting.NO && withDark;
        assertTrue(countsAreLow || darkLeftOut || sigmas >= 0.95 * filled, "sigmas compared: " + sigmas);
    }

    /** Whether pyFAI's azimuthal sigma means something else. */
    private static boolean weighted(IntegrationPlan plan) {
        return plan.errorModel() == ErrorModel.AZIMUTHAL
                && (plan.splitting() != Splitting.NO || plan.corrections().solidAngle());
    }

    private static void assertClose(double expected, double actual, double relative, String what) {
        double scale = Double.isNaN(expected) ? 1 : Math.max(1, Math.abs(expected));
        assertEquals(expected, actual, relative * scale, what);
    }

    private static IntegrationPlan plan(Map<String, String> settings) throws IOException {
        RadialAxis axis = new RadialAxis(
                RadialUnit.ofSymbol(text(settings, "unit")).orElseThrow(),
                Integer.parseInt(text(settings, "bins")),
                Double.parseDouble(text(settings, "lower")),
                Double.parseDouble(text(settings, "upper")));
        String polarization = text(settings, "polarization");
        return new PlanBuilder()
                .geometry(GEOMETRY)
                .orientation(Integer.parseInt(text(settings, "orientation")))
                .format(text(settings, "frame").equals("u16") ? PixelFormat.U16 : PixelFormat.I32)
                .flipRows(isOn(settings, "flip"))
                .axis(axis)
                .splitting(text(settings, "split").equals("no") ? Splitting.NO : Splitting.BBOX)
                .solidAngle(isOn(settings, "solid_angle"))
                .polarization(polarization.equals("None") ? Double.NaN : Double.parseDouble(polarization))
                .dark(isOn(settings, "dark") ? floats("golden-dark.bin") : null)
                .flat(isOn(settings, "flat") ? floats("golden-flat.bin") : null)
                .mask(isOn(settings, "mask") ? booleans("golden-mask.bin") : null)
                .keepNegative(isOn(settings, "keep_negative"))
                .errorModel(text(settings, "error").equals("poisson") ? ErrorModel.POISSON : ErrorModel.AZIMUTHAL)
                .build();
    }

    private static String text(Map<String, String> settings, String key) {
        return Objects.requireNonNull(settings.get(key), key);
    }

    private static boolean isOn(Map<String, String> settings, String key) {
        return text(settings, key).equals("true");
    }

    private static Golden read(String name) throws IOException {
        List<String> lines = new String(resource("golden-" + name + ".csv"), StandardCharsets.US_ASCII)
                .lines()
                .toList();
        String[] keys = lines.get(0).split(",", -1);
        String[] values = lines.get(1).split(",", -1);
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            settings.put(keys[i], values[i]);
        }
        double[][] bins = lines.stream()
                .skip(3)
                .map(line -> Stream.of(line.split(",", -1))
                        .mapToDouble(value -> value.equals("nan") ? Double.NaN : Double.parseDouble(value))
                        .toArray())
                .toArray(double[][]::new);
        return new Golden(settings, bins);
    }

    private static float[] floats(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(resource(name)).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }

    private static boolean[] booleans(String name) throws IOException {
        byte[] bytes = resource(name);
        boolean[] booleans = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            booleans[i] = bytes[i] != 0;
        }
        return booleans;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        }
    }
}
