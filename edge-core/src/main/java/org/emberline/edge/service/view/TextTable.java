package org.emberline.edge.service.view;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in columns as wide as their widest cell, two spaces apart. Cells must be safe to print. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    TextTable(String... header) {
        widths = new int[header.length];
        row(header);
    }

    TextTable row(String... cells) {
        if (cells.length != widths.length) {
            throw new IllegalArgumentException("cells=" + cells.length + " columns=" + widths.length);
        }
        rows.add(Arrays.asList(cells));
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
        }
        return this;
    }

    void print(PrintStream out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
