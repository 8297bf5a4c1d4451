package org.emberline.edge.service.view;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON or CBOR tree for people: a pattern as a thinned table, any other map as keys and values. */
final class DocumentView {
    private static final int MAX_ROWS = 20;
    private static final List<String> COLUMNS = List.of("radial", "I", "sigma", "count");

    private DocumentView() {}

    static void print(@Nullable Object tree, PrintStream out) {
        if (!(tree instanceof Map<?, ?> map)) {
            out.println(Cell.safe(plain(tree)));
        } else if (isPattern(map)) {
            printPattern(map, out);
        } else {
            TextTable table = new TextTable("key", "value");
            rows("", map, table);
            table.print(out);
        }
    }

    /** A map of maps, such as one of detectors, a key a row with a full path; a map of values in one row. */
    private static void rows(String path, Map<?, ?> map, TextTable table) {
        map.forEach((key, value) -> {
            String full = path + Cell.of(key);
            if (value instanceof Map<?, ?> inner && inner.values().stream().anyMatch(Map.class::isInstance)) {
                rows(full + ".", inner, table);
            } else {
                table.row(full, cell(key, value));
            }
        });
    }

    /** Whether the four columns are lists of one length, so that rows can be made of them. */
    private static boolean isPattern(Map<?, ?> map) {
        return COLUMNS.stream().allMatch(name -> map.get(name) instanceof List<?>)
                && COLUMNS.stream()
                                .map(name -> column(map, name).size())
                                .distinct()
                                .count()
                        == 1;
    }

    private static List<?> column(Map<?, ?> map, String name) {
        return map.get(name) instanceof List<?> list ? list : List.of();
    }

    private static void printPattern(Map<?, ?> map, PrintStream out) {
        int bins = column(map, "radial").size();
        out.println("detector  " + Cell.of(map.get("detector")));
        out.println("frame     " + Cell.of(map.get("frame")));
        out.println("time      " + cell("t", map.get("t")));
        out.println("unit      " + Cell.of(map.get("unit")));
        out.println("bins      " + bins);
        TextTable table = new TextTable(COLUMNS.toArray(String[]::new));
        int rows = Math.min(MAX_ROWS, bins);
        for (int i = 0; i < rows; i++) {
            // First and last bin included, the others evenly between.
            int bin = rows == 1 ? 0 : (int) ((long) i * (bins - 1) / (rows - 1));
            table.row(COLUMNS.stream()
                    .map(name -> Cell.of(column(map, name).get(bin)))
                    .toArray(String[]::new));
        }
        table.print(out);
        if (rows < bins) {
            out.println("(" + rows + " of " + bins + " bins; --json has all)");
        }
    }

    /** The key {@code t} is Unix time here as in SenML. */
    private static String cell(Object key, @Nullable Object value) {
        return key.equals("t") && value instanceof Number seconds
                ? Cell.time(seconds.doubleValue())
                : Cell.safe(plain(value));
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case List<?> list when list.size() > MAX_ROWS -> list.size() + " values (--json has all)";
            case List<?> list -> list.stream().map(DocumentView::plain).collect(Collectors.joining(", "));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + plain(entry.getValue()))
                        .collect(Collectors.joining(", "));
            case null, default -> Cell.of(value);
        };
    }
}
