package org.emberline.edge.app;

import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.gpiochip.GpioChips.Chip;
import org.emberline.firmware.gpiochip.GpioChips.Line;

/** One GPIO chip for people, in a few lines however many it has. */
final class GpioText {
    private static final int WIDTH = 110;
    private static final String INDENT = "    ";

    private GpioText() {}

    static List<String> of(Chip chip) {
        if (!chip.problem().isEmpty()) {
            return List.of(INDENT + chip.problem());
        }
        List<Line> free = chip.lines().stream().filter(line -> !line.used()).toList();
        List<Line> used = chip.lines().stream().filter(Line::used).toList();
        List<String> text = new ArrayList<>();
        text.add(INDENT + chip.path() + " " + chip.label() + ": " + chip.lines().size() + " lines, " + used.size()
                + " in use");
        wrap(
                text,
                "free: ",
                free.stream().filter(GpioText::isNamed).map(Line::text).toList());
        wrap(
                text,
                "free, without a name: ",
                ranges(free.stream().filter(line -> !isNamed(line)).toList()));
        wrap(text, "in use: ", used.stream().map(GpioText::inUse).toList());
        return text;
    }

    /** Some boards call a line that leads nowhere "-". */
    private static boolean isNamed(Line line) {
        return line.name().codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static String inUse(Line line) {
        return line.offset()
                + (isNamed(line) ? " " + line.name() : "")
                + (line.consumer().isEmpty() ? "" : " by \"" + line.consumer() + "\"");
    }

    /** Offsets in rising order, such as {@code 0-3}, {@code 7}. */
    private static List<String> ranges(List<Line> lines) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = lines.get(i).offset();
            int last = first;
            while (i + 1 < lines.size() && lines.get(i + 1).offset() == last + 1) {
                last++;
                i++;
            }
            ranges.add(first == last ? String.valueOf(first) : first + "-" + last);
        }
        return ranges;
    }

    private static void wrap(List<String> text, String title, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder(INDENT + INDENT + title);
        String gap = "";
        for (String item : items) {
            line.append(gap);
            if (line.length() + item.length() >= WIDTH) {
                text.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT + INDENT + INDENT);
            }
            line.append(item);
            gap = ", ";
        }
        text.add(line.toString());
    }
}
