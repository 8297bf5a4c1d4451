package org.emberline.firmware.gpiochip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.DeviceNode;
import org.emberline.firmware.linux.SystemCalls;

/** What GPIO chips there are. */
public final class GpioChips {

    /**
     * One line of a chip.
     *
     * @param offset its place on the chip
     * @param name as the board's device tree names it; empty when it does not
     * @param consumer who uses it, as far as that is told; may be empty
     * @param used whether it cannot be had now
     * @param output whether it is driven
     * @param activeLow whether whoever uses it takes low voltage for active
     */
    public record Line(int offset, String name, String consumer, boolean used, boolean output, boolean activeLow) {

        /** Such as {@code 17 GPIO17 (in use by "spi0 CS0")}. */
        public String text() {
            String text = offset + (name.isEmpty() ? "" : " " + name);
            return used ? text + " (in use" + (consumer.isEmpty() ? "" : " by \"" + consumer + "\"") + ")" : text;
        }
    }

    /**
     * One chip.
     *
     * @param path its device file
     * @param label what the driver calls it; empty when it could not be asked
     * @param lines all its lines by offset; empty when it could not be asked
     * @param problem why it could not be asked, and what mends that; empty when it could
     */
    public record Chip(String path, String label, List<Line> lines, String problem) {

        /** Such as {@code gpiochip0 (pinctrl-rp1)}. */
        String text() {
            String name = Path.of(path).getFileName().toString();
            return label.isEmpty() ? name : name + " (" + label + ")";
        }
    }

    private GpioChips() {}

    /**
     * All chips by number; opens each for a moment, which disturbs nobody. Any thread.
     *
     * @throws IOException when the folder of devices cannot be listed
     */
    public static List<Chip> list() throws IOException {
        return list(SystemCalls.ofThisMachine(), DeviceNode.DEV);
    }

    static List<Chip> list(SystemCalls calls, Path devices) throws IOException {
        List<Chip> chips = new ArrayList<>();
        for (DeviceNode node : DeviceNode.list(devices, "gpiochip")) {
            chips.add(describe(calls, node.path()));
        }
        return List.copyOf(chips);
    }

    private static Chip describe(SystemCalls calls, Path path) {
        try (OpenChip chip = OpenChip.open(calls, path)) {
            return chip.describe();
        } catch (DeviceException e) {
            return new Chip(path.toString(), "", List.of(), e.getMessage());
        }
    }
}
