package org.emberline.firmware.gpiochip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.emberline.firmware.linux.SystemCalls;

/** Finds the chip and the line that settings speak of, or says which there are instead. */
final class LineFinder {
    private final SystemCalls calls;
    private final Path devices;

    LineFinder(SystemCalls calls, Path devices) {
        this.calls = calls;
        this.devices = devices;
    }

    /** @param chip path, name or label */
    OpenChip chip(String chip) throws IOException {
        if (chip.startsWith("/")) {
            return OpenChip.open(calls, Path.of(chip));
        }
        if (chip.matches("gpiochip[0-9]+")) {
            return OpenChip.open(calls, devices.resolve(chip));
        }
        return OpenChip.open(calls, Path.of(labelled(chip).path()));
    }

    /** @param line offset in digits, or name */
    static GpioChips.Line line(OpenChip chip, String line) throws DeviceException {
        List<GpioChips.Line> lines = chip.lines();
        boolean digits = line.matches("[0-9]{1,9}");
        List<GpioChips.Line> found = lines.stream()
                .filter(each -> digits
                        ? each.offset() == Integer.parseInt(line)
                        : each.name().equals(line))
                .toList();
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 ->
                throw new DeviceException(
                        Errno.ENOENT, chip.text() + ": line=" + line + " is none of its lines: " + list(lines));
            default ->
                throw new DeviceException(
                        Errno.EINVAL,
                        chip.text() + ": line=" + line + " is the name of several lines, give the offset: "
                                + list(found));
        };
    }

    /** One line of text; runs of lines without names are drawn together. */
    static String list(List<GpioChips.Line> lines) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            while (bare(lines, i) && bare(lines, i + 1)) {
                i++;
            }
            String text = lines.get(i).text();
            words.add(first == i ? text : lines.get(first).offset() + "-" + text);
        }
        return words.isEmpty() ? "it has none" : String.join(", ", words);
    }

    private static boolean bare(List<GpioChips.Line> lines, int index) {
        return index < lines.size()
                && lines.get(index).name().isEmpty()
                && !lines.get(index).used();
    }

    private GpioChips.Chip labelled(String label) throws IOException {
        List<GpioChips.Chip> chips = GpioChips.list(calls, devices);
        List<GpioChips.Chip> found =
                chips.stream().filter(each -> each.label().equals(label)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String texts = (found.isEmpty() ? chips : found)
                .stream()
                        .map(each -> each.text() + (each.problem().isEmpty() ? "" : " [" + each.problem() + "]"))
                        .collect(Collectors.joining(", "));
        throw found.isEmpty()
                ? new DeviceException(
                        Errno.ENOENT,
                        "chip=" + label + " is no label of a GPIO chip: "
                                + (texts.isEmpty() ? "there is no chip in " + devices : "there are " + texts))
                : new DeviceException(
                        Errno.EINVAL, "chip=" + label + " is the label of several chips, give the path: " + texts);
    }
}
