package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;

/** Collects the keys of one settings table whose values are out of range, each line beginning with the key and its value. */
final class KeyRanges {
    private final String table;
    private final List<String> problems = new ArrayList<>();

    /** @param table such as {@code simulation.grains} */
    KeyRanges(String table) {
        this.table = table;
    }

    KeyRanges within(String key, double value, double least, double most) {
        // NaN fails this comparison too.
        if (!(value >= least && value <= most)) {
            problems.add(table + "." + key + "=" + value + " must be at least " + least + " and at most " + most);
        }
        return this;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
