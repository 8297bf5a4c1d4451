package org.emberline.edge.service.view;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlValue;
import org.jspecify.annotations.Nullable;

/** A resolved pack as a table: a quantity, its {@code :sigma} and its {@code :flags} share a row. */
final class SenmlView {
    private static final String SIGMA = ":sigma";
    private static final String FLAGS = ":flags";

    private SenmlView() {}

    private record Key(double seconds, String name) {}

    private static final class Row {
        private String value = "";
        private String sigma = "";
        private String unit = "";
        private String flags = "";
    }

    static void print(List<SenmlRecord> resolved, PrintStream out) {
        Map<Key, Row> rows = new LinkedHashMap<>();
        for (SenmlRecord senml : resolved) {
            enter(rows, senml);
        }
        TextTable table = new TextTable("time", "name", "value", "sigma", "unit", "flags");
        rows.forEach((key, row) ->
                table.row(Cell.time(key.seconds()), Cell.safe(key.name()), row.value, row.sigma, row.unit, row.flags));
        table.print(out);
    }

    private static void enter(Map<Key, Row> rows, SenmlRecord senml) {
        String name = Objects.requireNonNull(senml.name(), "resolved records have names");
        double seconds = Objects.requireNonNull(senml.time(), "resolved records have times");
        String text = text(senml);
        if (name.endsWith(SIGMA) && senml.value() instanceof SenmlValue.Numeric) {
            row(rows, seconds, name.substring(0, name.length() - SIGMA.length())).sigma = text;
        } else if (name.endsWith(FLAGS) && senml.value() instanceof SenmlValue.Text) {
            row(rows, seconds, name.substring(0, name.length() - FLAGS.length())).flags = text;
        } else {
            Row row = row(rows, seconds, name);
            row.value = text;
            row.unit = Cell.of(senml.unit());
        }
    }

    private static Row row(Map<Key, Row> rows, double seconds, String name) {
        return rows.computeIfAbsent(new Key(seconds, name), _ -> new Row());
    }

    private static String text(SenmlRecord senml) {
        return switch (senml.value()) {
            case null -> "sum " + Cell.of(senml.sum());
            case SenmlValue.Numeric numeric -> Cell.number(numeric.value());
            case SenmlValue.Text text -> Cell.safe(text.value());
            case SenmlValue.Bool bool -> Boolean.toString(bool.value());
            case SenmlValue.Data data -> data.bytes().length + " bytes";
        };
    }

    /** The record as a map with the labels of SenML. */
    static Map<String, @Nullable Object> tree(SenmlRecord senml) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("n", senml.name());
        tree.put("u", senml.unit());
        switch (senml.value()) {
            case null -> {}
            case SenmlValue.Numeric numeric -> tree.put("v", numeric.value());
            case SenmlValue.Text text -> tree.put("vs", text.value());
            case SenmlValue.Bool bool -> tree.put("vb", bool.value());
            case SenmlValue.Data data -> tree.put("vd", data.bytes());
        }
        tree.put("s", senml.sum());
        tree.put("t", senml.time());
        tree.put("ut", senml.updateTime());
        tree.values().removeIf(Objects::isNull);
        return tree;
    }
}
