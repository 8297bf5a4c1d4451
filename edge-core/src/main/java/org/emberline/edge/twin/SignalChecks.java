package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one table of settings, each line beginning with the key and its value. */
final class SignalChecks {
    private final String table;
    private final List<String> problems = new ArrayList<>();

    /** @param table the name of the table, such as {@code simulation.trigger_signal} */
    SignalChecks(String table) {
        this.table = table;
    }

    SignalChecks within(String key, double value, double least, double most) {
        // NaN fails this comparison too.
        if (!(value >= least && value <= most)) {
            complain(key, value, "must be at least " + least + " and at most " + most);
        }
        return this;
    }

    void complain(String key, Object value, String what) {
        problems.add(table + "." + key + "=" + value + " " + what);
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
