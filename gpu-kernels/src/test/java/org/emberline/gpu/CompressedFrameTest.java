package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.emberline.gpu.bslz4.Bslz4Writer;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A compressed frame gives, bit for bit, what the same frame gives uncompressed. */
final class CompressedFrameTest {
    /** Not a multiple of any block, with a rest of 7 pixels; enough for two lanes. */
    private static final int ROWS = 533;

    private static final int COLUMNS = 515;

    /** Plans that take every kind of sum, and every way that pixels can be invalid. */
    enum Kind {
        PLAIN,
        SPLIT,
        AZIMUTHAL,
        CAKE,
        DUMMY,
        GAPS,
        SATURATED;

        IntegrationPlan plan(PixelFormat format, int rows, int columns) {
            Geometry geometry = new Geometry(
                    new Detector("test", rows, columns, 1e-4, 1e-4, 3), 0.1, 1.1e-2, 2.3e-2, 0.1, 0.02, 0, 1e-10);
            double reach = 0.14 * Math.hypot(rows, columns);
            PlanBuilder builder = new PlanBuilder()
                    .geometry(geometry)
                    .format(format)
                    .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 300, 0, reach))
                    .splitting(this == SPLIT ? Splitting.BBOX : Splitting.NO)
                    .errorModel(this == AZIMUTHAL ? ErrorModel.AZIMUTHAL : ErrorModel.POISSON);
            return switch (this) {
                case CAKE ->
                    builder.sectors(Sectors.cake(AzimuthalAxis.fullCircle(24))).build();
                case DUMMY -> builder.dummy(3, 0).build();
                case GAPS -> builder.dummy(65_535, 0).build();
                case SATURATED -> builder.saturation(90).dropSaturated(true).build();
                default -> builder.build();
            };
        }
    }

    /** On the CPU every kind in every format; on devices, where each takes a compilation, every kind once and every format once. */
    static Stream<Arguments> settings() {
        return Stream.of(TestBackend.values())
                .flatMap(backend -> Stream.of(PixelFormat.values())
                        .flatMap(format -> Stream.of(Kind.values())
                                .filter(kind -> kind != Kind.GAPS)
                                .filter(kind -> backend == TestBackend.CPU
                                        || format == PixelFormat.U16
                                        || kind == Kind.SATURATED)
                                .map(kind -> Arguments.of(backend, format, kind))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isReducedAsIfItWereNotCompressed(TestBackend backend, PixelFormat format, Kind kind)
            throws CorruptChunkException {
        IntegrationPlan plan = kind.plan(format, ROWS, COLUMNS);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            Reduction expected = Reduction.of(plan);
            Reduction actual = Reduction.of(plan);
            Bslz4Writer writer = Bslz4Writer.byDefault(format.bytes());
            for (int seed = 0; seed < 3; seed++) {
                Random random = new Random(seed);
                MemorySegment frame = Frames.of(arena, plan, pixel -> value(random, format));
                reducer.reduceCompressed(chunk(arena, writer, frame), 1.5, actual);
                reducer.reduce(frame, 1.5, expected);
                assertSame(expected, actual);
                assertTrue(actual.totalCounts() > 0);
            }
        }
    }

    static Stream<Arguments> blocks() {
        return Stream.of(8, 24, 512, 1000, 2048, 3000, 4096, 8192, 12_288, 1 << 17, 1 << 20)
                .flatMap(samples -> Stream.of(PixelFormat.U8, PixelFormat.U16, PixelFormat.I32)
                        .map(format -> Arguments.of(format, samples)));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void blocksMayHaveAnySize(PixelFormat format, int blockSamples) throws CorruptChunkException {
        IntegrationPlan plan = Kind.SATURATED.plan(format, ROWS, COLUMNS);
        try (Reducer reducer = TestBackend.CPU.open(plan)) {
            compare(reducer, blockSamples);
        }
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void blocksMayChangeTheirSize(TestBackend backend) throws CorruptChunkException {
        IntegrationPlan plan = Kind.SATURATED.plan(PixelFormat.U16, ROWS, COLUMNS);
        try (Reducer reducer = backend.open(plan)) {
            for (int blockSamples : new int[] {4096, 1000, 512, 1 << 17, 2048, 8, 4096}) {
                compare(reducer, blockSamples);
            }
        }
    }

    private static void compare(Reducer reducer, int blockSamples) throws CorruptChunkException {
        IntegrationPlan plan = reducer.plan();
        PixelFormat format = plan.format();
        Random random = new Random(blockSamples);
        Reduction expected = Reduction.of(plan);
        Reduction actual = Reduction.of(plan);
        Bslz4Writer writer = new Bslz4Writer(format.bytes(), blockSamples);
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < 2; i++) {
                MemorySegment frame = Frames.of(arena, plan, pixel -> value(random, format));
                reducer.reduceCompressed(chunk(arena, writer, frame), 1, actual);
                reducer.reduce(frame, 1, expected);
                assertSame(expected, actual);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void framesSmallerThanABlock(TestBackend backend) throws CorruptChunkException {
        for (int columns : new int[] {1, 7, 8, 15, 40}) {
            IntegrationPlan plan = Kind.PLAIN.plan(PixelFormat.U16, 1, columns);
            try (Arena arena = Arena.ofConfined();
                    Reducer reducer = backend.open(plan)) {
                Reduction result = Reduction.of(plan);
                MemorySegment frame = Frames.of(arena, plan, pixel -> pixel + 1);
                reducer.reduceCompressed(chunk(arena, Bslz4Writer.byDefault(2), frame), 1, result);
                assertEquals(columns * (columns + 1) / 2.0, result.totalCounts());
            }
        }
    }

    /** Damaged frames between good ones: each good one is right, whatever came before. */
    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void aCorruptFrameHarmsNoOther(TestBackend backend) throws CorruptChunkException {
        IntegrationPlan plan = Kind.SATURATED.plan(PixelFormat.U16, ROWS, COLUMNS);
        Random random = new Random(7);
        int refused = 0;
        try (Arena arena = Arena.ofConfined();
                Reducer plain = backend.open(plan);
                Reducer compressed = backend.open(plan)) {
            Reduction expected = Reduction.of(plan);
            Reduction actual = Reduction.of(plan);
            for (int blockSamples : new int[] {4096, 1000, 1 << 17}) {
                MemorySegment[] frames = new MemorySegment[2];
                byte[][] chunks = new byte[2][];
                for (int i = 0; i < 2; i++) {
                    frames[i] = Frames.of(arena, plan, pixel -> sparse(random));
                    chunks[i] = new Bslz4Writer(2, blockSamples).write(frames[i].toArray(ValueLayout.JAVA_BYTE));
                }
                for (int turn = 0; turn < 60; turn++) {
                    actual.clear();
                    try (Arena brief = Arena.ofConfined()) {
                        MemorySegment damaged = copy(brief, damaged(random, chunks[turn % 2]));
                        compressed.reduceCompressed(damaged, 1, actual);
                    } catch (CorruptChunkException e) {
                        assertSame(Reduction.of(plan), actual);
                        refused++;
                    }
                    plain.reduce(frames[turn % 2], 1, expected);
                    compressed.reduceCompressed(copy(arena, chunks[turn % 2]), 1, actual);
                    assertSame(expected, actual);
                }
            }
        }
        assertTrue(refused > 100, "refused=" + refused);
    }

    /** Thousands of damaged frames: all backends refuse the same ones, and agree on what the others hold. */
    @ParameterizedTest
    @EnumSource(
            value = TestBackend.class,
            names = {"OPENCL_SCATTER", "OPENCL_GATHER"})
    void backendsRefuseTheSameFrames(TestBackend backend) {
        IntegrationPlan plan = Kind.PLAIN.plan(PixelFormat.U16, 61, 71);
        int refused = 0;
        try (Arena arena = Arena.ofConfined();
                Reducer cpu = TestBackend.CPU.open(plan);
                Reducer device = backend.open(plan)) {
            Random content = new Random(1);
            byte[] chunk = new Bslz4Writer(2, 512)
                    .write(Frames.of(arena, plan, pixel -> sparse(content)).toArray(ValueLayout.JAVA_BYTE));
            Reduction expected = Reduction.of(plan);
            Reduction actual = Reduction.of(plan);
            for (int seed = 0; seed < 4000; seed++) {
                Random random = new Random(seed);
                try (Arena brief = Arena.ofConfined()) {
                    MemorySegment damaged = copy(brief, damaged(random, chunk));
                    boolean sound = isReduced(cpu, damaged, expected);
                    assertEquals(sound, isReduced(device, damaged, actual), "seed " + seed);
                    if (sound) {
                        assertArrayEquals(expected.count(), actual.count(), "seed " + seed);
                        assertEquals(expected.totalCounts(), actual.totalCounts(), "seed " + seed);
                    }
                    refused += sound ? 0 : 1;
                }
            }
        }
        assertTrue(refused > 2000 && refused < 3900, "refused=" + refused);
    }

    private static boolean isReduced(Reducer reducer, MemorySegment chunk, Reduction into) {
        try {
            reducer.reduceCompressed(chunk, 1, into);
            return true;
        } catch (CorruptChunkException e) {
            assertTrue(!String.valueOf(e.getMessage()).contains("\n"));
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void refusesWhatDoesNotFit(TestBackend backend) {
        IntegrationPlan plan = Kind.PLAIN.plan(PixelFormat.U16, 8, 8);
        Reduction result = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            MemorySegment chunk = arena.allocate(20);
            for (double monitor : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
                assertThrows(IllegalArgumentException.class, () -> reducer.reduceCompressed(chunk, monitor, result));
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reducer.reduceCompressed(MemorySegment.ofArray(new byte[20]), 1, result));
            assertThrows(IllegalArgumentException.class, () -> reducer.reduceCompressed(chunk, 1, new Reduction(3)));
            assertThrows(CorruptChunkException.class, () -> reducer.reduceCompressed(chunk, 1, result));
        }
    }

    /** Changes bytes anywhere, mostly behind the header, or the length. */
    private static byte[] damaged(Random random, byte[] chunk) {
        byte[] damaged = chunk.clone();
        if (random.nextInt(10) == 0) {
            return Arrays.copyOf(damaged, random.nextInt(2 * damaged.length));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            damaged[random.nextInt(random.nextInt(20) == 0 ? 12 : damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static MemorySegment chunk(Arena arena, Bslz4Writer writer, MemorySegment frame) {
        return copy(arena, writer.write(frame.toArray(ValueLayout.JAVA_BYTE)));
    }

    /** Native memory at an odd address, because any alignment is allowed. */
    private static MemorySegment copy(Arena arena, byte[] bytes) {
        MemorySegment copy = arena.allocate(bytes.length + 1, 8).asSlice(1);
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return copy;
    }

    private static double value(Random random, PixelFormat format) {
        double value = Math.floor(Math.exp(random.nextDouble() * Math.log(120))) - 1;
        return format.signed() && random.nextInt(10) == 0 ? -value : value;
    }

    /** Mostly zeros, so that the chunk has more lengths and distances than literals. */
    private static double sparse(Random random) {
        return random.nextInt(30) == 0 ? value(random, PixelFormat.U16) : 0;
    }

    private static void assertSame(Reduction expected, Reduction actual) {
        assertArrayEquals(expected.intensity(), actual.intensity());
        assertArrayEquals(expected.sigma(), actual.sigma());
        assertArrayEquals(expected.deviation(), actual.deviation());
        assertArrayEquals(expected.count(), actual.count());
        assertEquals(expected.totalCounts(), actual.totalCounts());
        assertEquals(expected.validPixels(), actual.validPixels());
        assertEquals(expected.saturatedPixels(), actual.saturatedPixels());
        assertEquals(expected.cake().isPresent(), actual.cake().isPresent());
        expected.cake().ifPresent(cake -> {
            assertArrayEquals(cake.intensity(), actual.cake().orElseThrow().intensity());
            assertArrayEquals(cake.sigma(), actual.cake().orElseThrow().sigma());
            assertArrayEquals(cake.count(), actual.cake().orElseThrow().count());
        });
    }
}
