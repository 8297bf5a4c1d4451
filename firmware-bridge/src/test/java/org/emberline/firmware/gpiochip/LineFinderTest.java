package org.emberline.firmware.gpiochip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFinderTest {
    @TempDir
    Path devices;

    private FakeBoard board;
    private LineFinder finder;

    @BeforeEach
    void build() throws IOException {
        board = new FakeBoard(devices);
        finder = new LineFinder(board.kernel, devices);
    }

    @Test
    void aChipIsFoundByPathNameAndLabel() throws IOException {
        for (String chip : List.of(board.path("gpiochip0"), "gpiochip0", "pinctrl-rp1")) {
            try (OpenChip found = finder.chip(chip)) {
                assertEquals(board.path("gpiochip0") + " (pinctrl-rp1)", found.text());
            }
        }
        assertEquals(Set.of(), board.kernel.open);
    }

    @Test
    void aLineIsFoundByOffsetAndName() throws IOException {
        assertEquals("4 GPIO4", line("4").text());
        assertEquals("4 GPIO4", line("GPIO4").text());
        assertEquals("3 GPIO3 (in use by \"spi0 CS0\")", line("GPIO3").text());
        assertEquals("7 (in use by \"led\")", line("7").text());
    }

    @Test
    void anUnknownLineGetsTheListOfLines() {
        String lines = board.path("gpiochip0") + " (pinctrl-rp1): line=%s is none of its lines: 0 ID_SDA, 1-2, "
                + "3 GPIO3 (in use by \"spi0 CS0\"), 4 GPIO4, 5 NC, 6 NC, 7 (in use by \"led\")";
        assertEquals(lines.replace("%s", "GPIO17"), refusal("GPIO17", Errno.ENOENT));
        assertEquals(lines.replace("%s", "8"), refusal("8", Errno.ENOENT));
        assertEquals(lines.replace("%s", "99999999999"), refusal("99999999999", Errno.ENOENT));
    }

    @Test
    void aSharedNameGetsItsOffsets() {
        assertEquals(
                board.path("gpiochip0")
                        + " (pinctrl-rp1): line=NC is the name of several lines, give the offset: 5 NC, 6 NC",
                refusal("NC", Errno.EINVAL));
    }

    @Test
    void anUnknownLabelGetsTheListOfChips() {
        assertEquals(
                "chip=pinctrl-bcm2711 is no label of a GPIO chip: there are gpiochip0 (pinctrl-rp1), gpiochip1 (plain)",
                chipRefusal("pinctrl-bcm2711"));
    }

    @Test
    void aSharedLabelGetsItsChips() throws IOException {
        board.add("gpiochip10", "plain", List.of());
        assertEquals(
                "chip=plain is the label of several chips, give the path: gpiochip1 (plain), gpiochip10 (plain)",
                chipRefusal("plain"));
    }

    @Test
    void aMachineWithoutChipsSaysSo(@TempDir Path none) {
        DeviceException refused =
                assertThrows(DeviceException.class, () -> new LineFinder(board.kernel, none).chip("plain"));
        assertEquals("chip=plain is no label of a GPIO chip: there is no chip in " + none, refused.getMessage());
    }

    @Test
    void aMissingChipGetsTheListOfChips() {
        assertEquals(
                board.path("gpiochip7") + ": there is no such device (ENOENT); there are gpiochip0, gpiochip1",
                chipRefusal("gpiochip7"));
    }

    @Test
    void aChipThatCannotBeAskedIsListedWithItsProblem() throws IOException {
        Files.createFile(devices.resolve("gpiochip2")); // the kernel does not know it
        List<GpioChips.Chip> chips = GpioChips.list(board.kernel, devices);
        assertEquals(3, chips.size());
        assertEquals("plain", chips.get(1).label());
        assertEquals(32, chips.get(1).lines().size());
        assertEquals("", chips.get(1).problem());
        assertEquals(board.path("gpiochip2"), chips.get(2).path());
        assertTrue(chips.get(2).problem().contains("ENOENT"), chips.get(2).problem());
        assertTrue(chipRefusal("none").contains("gpiochip2 [" + board.path("gpiochip2") + ": there is no such device"));
        assertEquals(Set.of(), board.kernel.open);
    }

    @Test
    void linesTellHowTheyAreUsed() throws IOException {
        GpioChips.Line taken = line("GPIO3");
        assertTrue(taken.used() && taken.output() && !taken.activeLow());
        GpioChips.Line free = line("GPIO4");
        assertTrue(!free.used() && !free.output());
    }

    private GpioChips.Line line(String line) throws IOException {
        try (OpenChip chip = finder.chip("gpiochip0")) {
            return LineFinder.line(chip, line);
        }
    }

    private String refusal(String line, int errno) {
        DeviceException refused = assertThrows(DeviceException.class, () -> line(line));
        assertEquals(errno, refused.errno());
        return refused.getMessage();
    }

    private String chipRefusal(String chip) {
        DeviceException refused = assertThrows(DeviceException.class, () -> finder.chip(chip));
        assertEquals(Set.of(), board.kernel.open);
        return refused.getMessage();
    }
}
