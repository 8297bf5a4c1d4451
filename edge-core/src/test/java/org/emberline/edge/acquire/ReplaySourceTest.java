package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.emberline.edge.RealData;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource.Next;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySourceTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    /** More than a page of memory, so that a file cut short loses mapped pages. */
    private static final int ROWS = 64;

    private static final int COLUMNS = 128;

    @TempDir
    Path folder;

    private final Arena arena = Arena.ofShared();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        arena.close();
    }

    /** A TIFF whose page {@code p} holds {@code first + p} everywhere. */
    private Path tiff(String name, int first, int pages) throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        for (int page = 0; page < pages; page++) {
            double[] values = new double[ROWS * COLUMNS];
            Arrays.fill(values, first + page);
            byte[] image = Pixels.encode(SampleType.U16, ByteOrder.LITTLE_ENDIAN, values);
            writer.page(ROWS, COLUMNS, SampleType.U16, ROWS, List.of(image));
        }
        return Files.write(folder.resolve(name), writer.write());
    }

    private FrameFile open(Path path) throws IOException {
        FrameFile file = FrameFiles.open(path, null);
        opened.add(file);
        return file;
    }

    private FrameSlot slot() {
        return new FrameSlot(arena, 2L * ROWS * COLUMNS, 1, 0);
    }

    private TemperatureTable table(String... rows) throws IOException {
        Path path = Files.writeString(folder.resolve("log.csv"), "time_s,celsius\n" + String.join("\n", rows));
        return TemperatureTable.read(path);
    }

    private static ReplayedThermocouples furnace(TemperatureTable table, double sigma) {
        return new ReplayedThermocouples(table, START, sigma, 0);
    }

    private static void assertFrame(FrameSlot slot, int value) {
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            assertEquals(value, PixelFormat.U16.read(slot.pixels(), i));
        }
    }

    @Test
    void givesEveryImageInTheOrderOfTheFiles() throws IOException {
        List<FrameFile> files = List.of(open(tiff("b", 10, 2)), open(tiff("a", 20, 1)), open(tiff("c", 30, 3)));
        ReplaySource source = new ReplaySource(files, new ReplayTiming(20, 15, START));
        assertEquals(6, source.frames());
        assertEquals(2L * ROWS * COLUMNS, source.frameBytes());
        FrameSlot slot = slot();
        int[] expected = {10, 11, 20, 30, 31, 32};
        for (int frame = 0; frame < expected.length; frame++) {
            slot.reset(frame);
            assertEquals(Next.FRAME, source.next(slot));
            assertFrame(slot, expected[frame]);
            assertEquals(frame, slot.triggerIndex);
            assertEquals(START + frame * 20L * SECOND, slot.startNanos);
            assertEquals(START + (frame * 20L + 15) * SECOND, slot.stopNanos);
            assertEquals(FrameFlag.TIME_SYNTHETIC.bit(), slot.flags);
        }
        assertEquals(Next.END, source.next(slot));
        assertEquals(Next.END, source.next(slot));
        assertEquals(Optional.empty(), source.firstFailure());
        source.close();
        source.close();
    }

    @Test
    void refusesFilesThatDiffer() throws IOException {
        Path a = tiff("a", 0, 1);
        Path b = Pixels.resource("u2.npy");
        List<FrameFile> files = List.of(open(a), open(b));
        InputException e =
                assertThrows(InputException.class, () -> new ReplaySource(files, ReplayTiming.continuous(1, START)));
        assertEquals(b + ": frames of 5x7 U16 differ from 64x128 U16 in " + a, e.getMessage());
    }

    @Test
    void refusesNothingToReplayAndImpossibleTimes() {
        assertThrows(
                IllegalArgumentException.class, () -> new ReplaySource(List.of(), ReplayTiming.continuous(1, START)));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> ReplayTiming.continuous(bad, START));
            assertThrows(IllegalArgumentException.class, () -> new ReplayTiming(1, bad, START));
        }
        assertThrows(IllegalArgumentException.class, () -> new ReplayTiming(1, 1.01, START));
    }

    /** The ledger: announced = frames + lost, and the frames after a lost one keep their trigger and their times. */
    @Test
    void aFileCutShortWhileOpenIsLostAndTheNextOnesAreNot() throws IOException {
        Path cut = tiff("cut", 10, 3);
        ReplaySource source =
                new ReplaySource(List.of(open(cut), open(tiff("whole", 20, 2))), new ReplayTiming(1, 1, START));
        FrameSlot slot = slot();
        slot.reset(0);
        assertEquals(Next.FRAME, source.next(slot));
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            channel.truncate(2L * ROWS * COLUMNS + 5000);
        }
        List<Next> became = new ArrayList<>();
        List<Long> triggers = new ArrayList<>();
        for (Next next = source.next(slot); next != Next.END; next = source.next(slot)) {
            became.add(next);
            if (next == Next.FRAME) {
                triggers.add(slot.triggerIndex);
                assertFrame(slot, (int) (20 + slot.triggerIndex - 3));
                assertEquals(START + slot.triggerIndex * SECOND, slot.startNanos);
            }
            slot.reset(became.size());
        }
        assertEquals(List.of(Next.LOST, Next.LOST, Next.FRAME, Next.FRAME), became);
        assertEquals(List.of(3L, 4L), triggers);
        String failure = source.firstFailure().orElseThrow();
        assertTrue(failure.startsWith(cut + ": became shorter while open") && failure.endsWith(" image=1"), failure);
    }

    /** Less than a page of memory is missing: it reads as zeros, and only the length tells. */
    @Test
    void aFileThatLostItsLastBytesIsLost() throws IOException {
        Path cut = Pixels.resource("u2.npy");
        Path copy = Files.copy(cut, folder.resolve("copy.npy"));
        ReplaySource source = new ReplaySource(List.of(open(copy)), ReplayTiming.continuous(1, START));
        try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        FrameSlot slot = slot();
        assertEquals(Next.LOST, source.next(slot));
        assertEquals(
                copy + ": became shorter while open: length=337 opened=338 image=0",
                source.firstFailure().orElseThrow());
    }

    @Test
    void aChunkThatWasNeverWrittenIsLost() throws IOException {
        FrameFile holes = FrameFiles.open(Pixels.resource("layouts_latest.h5"), "holes_u2");
        opened.add(holes);
        ReplaySource source = new ReplaySource(List.of(holes), ReplayTiming.continuous(1, START));
        FrameSlot slot = slot();
        assertEquals(
                List.of(Next.FRAME, Next.LOST, Next.FRAME, Next.END),
                List.of(source.next(slot), source.next(slot), source.next(slot), source.next(slot)));
        assertTrue(source.firstFailure().orElseThrow().endsWith(" image=1"));
    }

    @Test
    void replayingUncompressedTiffAllocatesNothing() throws IOException {
        List<FrameFile> files = Collections.nCopies(1000, open(tiff("a", 0, 20)));
        ReplaySource source = new ReplaySource(files, ReplayTiming.continuous(1, START));
        FrameSlot slot = slot();
        for (int frame = 0; frame < 10_000; frame++) {
            source.next(slot);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int frames = 0;
        while (source.next(slot) == Next.FRAME) {
            frames++;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(10_000, frames);
        assertTrue(allocated < frames, "bytes=" + allocated + " frames=" + frames);
    }

    @Test
    void anInterruptEndsTheReplay() throws IOException {
        ReplaySource source = new ReplaySource(List.of(open(tiff("a", 0, 2))), ReplayTiming.continuous(1, START));
        FrameSlot slot = slot();
        assertEquals(Next.FRAME, source.next(slot));
        Thread.currentThread().interrupt();
        assertEquals(Next.END, source.next(slot));
        assertTrue(Thread.interrupted());
        assertEquals(Next.FRAME, source.next(slot));
    }

    @Test
    void deliversReadingsUpToTheEndOfTheExposureAndOneMore() throws IOException {
        TemperatureTable table = table("-5,20", "0,21", "4,22", "10,23", "12,", "30,25", "31,26", "50,27");
        ReplayedThermocouples thermocouples = furnace(table, 0.03);
        ReplaySource source = new ReplaySource(
                List.of(open(tiff("a", 0, 3))), new ReplayTiming(10, 10, START), thermocouples, Turn.ALWAYS);
        List<ThermocoupleReading> readings = new ArrayList<>();
        assertEquals(List.of("furnace"), thermocouples.channels());
        thermocouples.start(readings::add);
        assertEquals(List.of(), readings);
        FrameSlot slot = slot();
        int[] deliveredAfter = {5, 6, 7};
        for (int delivered : deliveredAfter) {
            source.next(slot);
            assertEquals(delivered, readings.size());
        }
        assertEquals(new ThermocoupleReading.Temperature(0, START - 5 * SECOND, 20, 0.03), readings.get(0));
        assertEquals(
                new ThermocoupleReading.Fault(0, START + 12 * SECOND, ThermocoupleReading.FaultKind.NO_RESPONSE),
                readings.get(4));
        assertEquals(new ThermocoupleReading.Temperature(0, START + 31 * SECOND, 26, 0.03), readings.get(6));
        assertEquals(Next.END, source.next(slot));
        assertEquals(7, readings.size());
    }

    @Test
    void lostFramesDeliverTheirTemperaturesToo() throws IOException {
        FrameFile holes = FrameFiles.open(Pixels.resource("layouts_latest.h5"), "holes_u2");
        opened.add(holes);
        TemperatureTable table = table("0,21", "1,22", "2,23", "3,24", "4,25");
        ReplayedThermocouples thermocouples = furnace(table, 0);
        ReplaySource source =
                new ReplaySource(List.of(holes), ReplayTiming.continuous(1, START), thermocouples, Turn.ALWAYS);
        List<ThermocoupleReading> readings = new ArrayList<>();
        thermocouples.start(readings::add);
        FrameSlot slot = slot();
        assertEquals(Next.FRAME, source.next(slot));
        assertEquals(Next.LOST, source.next(slot));
        assertEquals(4, readings.size());
        source.close();
        assertEquals(Next.END, closedNext(source, slot));
    }

    private static Next closedNext(ReplaySource source, FrameSlot slot) {
        Thread.currentThread().interrupt();
        try {
            return source.next(slot);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void framesBeforeTheThermocouplesAreStartedAreAMistake() throws IOException {
        ReplayedThermocouples thermocouples = furnace(table("0,20", "1,21"), 0.1);
        ReplaySource source = new ReplaySource(
                List.of(open(tiff("a", 0, 1))), ReplayTiming.continuous(1, START), thermocouples, Turn.ALWAYS);
        FrameSlot slot = slot();
        assertThrows(IllegalStateException.class, () -> source.next(slot));
        thermocouples.start(reading -> {});
        assertThrows(IllegalStateException.class, () -> thermocouples.start(reading -> {}));
    }

    @Test
    void refusesATableThatEndsTooEarlyOrBeginsTooLate() throws IOException {
        Path frames = tiff("a", 0, 4);
        TemperatureTable early = table("0,20", "35,21");
        InputException e = assertThrows(
                InputException.class,
                () -> new ReplaySource(
                        List.of(open(frames)), new ReplayTiming(10, 8, START), furnace(early, 0), Turn.ALWAYS));
        assertEquals(
                folder.resolve("log.csv")
                        + ": does not cover frame 3, exposed from 30.0 s to 38.0 s: the table spans 0.0 s to 35.0 s",
                e.getMessage());
        TemperatureTable late = table("1,20", "100,21");
        InputException f = assertThrows(
                InputException.class,
                () -> new ReplaySource(
                        List.of(open(frames)), new ReplayTiming(10, 8, START), furnace(late, 0), Turn.ALWAYS));
        assertTrue(String.valueOf(f.getMessage()).contains("does not cover frame 0, exposed from 0.0 s to 8.0 s"));
    }

    @Test
    void theFurnaceLogCoversItsOwnRun() throws IOException {
        TemperatureTable table =
                TemperatureTable.read(RealData.path("thermocouple/furnace-17bm/furnace_temperature_log.csv"));
        List<FrameFile> files = new ArrayList<>();
        for (int i = 0; i < 383; i++) {
            files.add(open(Pixels.resource("u2.edf")));
        }
        ReplayedThermocouples thermocouples = furnace(table, 0.03);
        ReplaySource source = new ReplaySource(files, ReplayTiming.continuous(20, START), thermocouples, Turn.ALWAYS);
        List<ThermocoupleReading> readings = new ArrayList<>();
        thermocouples.start(readings::add);
        FrameSlot slot = slot();
        while (source.next(slot) == Next.FRAME) {
            assertTrue(readings.getLast().timestampNanos() >= slot.stopNanos - 30);
        }
        assertEquals(384, readings.size());
        files.add(open(Pixels.resource("u2.edf")));
        InputException e = assertThrows(
                InputException.class,
                () -> new ReplaySource(files, ReplayTiming.continuous(20, START), furnace(table, 0.03), Turn.ALWAYS));
        assertTrue(
                String.valueOf(e.getMessage()).contains("does not cover frame 383, exposed from 7660.0 s to 7680.0 s"));
    }
}
