package org.emberline.edge.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emberline.edge.acquire.InputException;
import org.emberline.edge.app.EmfTable.Point;
import org.emberline.firmware.ThermocoupleType;

/** One reading of one {@link EmfTable}. */
final class EmfTableReader {
    private static final String HEADER = "t90_C,emf_mV";
    private static final long LONGEST_FILE = 64L << 20;

    private final Path file;
    private final ThermocoupleType type;
    private final List<Point> points = new ArrayList<>();
    private int decimals;
    private int number;
    private String line = "";
    private boolean headerSeen;

    EmfTableReader(Path file, ThermocoupleType type) {
        this.file = file;
        this.type = type;
    }

    EmfTable read() throws IOException {
        for (String raw : text().split("\r\n|\n|\r", -1)) {
            number++;
            line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                accept();
            }
        }
        if (points.isEmpty()) {
            throw new InputException(file, headerSeen ? "holds no point" : "holds no header line " + HEADER);
        }
        return new EmfTable(file, List.copyOf(points), Math.pow(10, -decimals));
    }

    private String text() throws IOException {
        if (Files.isDirectory(file)) {
            throw new InputException(file, "is a folder");
        }
        if (Files.size(file) > LONGEST_FILE) {
            throw new InputException(file, "too long for a table of emfs: bytes=" + Files.size(file));
        }
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InputException(file, "is no UTF-8 text");
        }
    }

    private void accept() throws InputException {
        if (!headerSeen) {
            headerSeen = true;
            require(line.replace(" ", "").equals(HEADER), "the header is not " + HEADER);
            return;
        }
        String[] cells = line.split(",", -1);
        require(cells.length == 2, cells.length + " columns instead of 2");
        double celsius = number(cells[0], "t90_C");
        double millivolts = number(cells[1], "emf_mV");
        require(!Double.isNaN(type.millivolts(celsius)), "outside of type " + ThermocoupleCommand.range(type));
        points.add(new Point(celsius, millivolts));
        decimals = Math.max(decimals, decimals(cells[1].strip()));
    }

    private double number(String cell, String name) throws InputException {
        double value;
        try {
            value = Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            throw refusal(name + " is no number");
        }
        require(Double.isFinite(value), name + " is not finite");
        return value;
    }

    /** Digits behind the point; a number with an exponent says nothing about its last digit. */
    private static int decimals(String number) {
        int point = number.indexOf('.');
        return point < 0 || number.toLowerCase(Locale.ROOT).contains("e") ? 0 : number.length() - point - 1;
    }

    private void require(boolean condition, String what) throws InputException {
        if (!condition) {
            throw refusal(what);
        }
    }

    private InputException refusal(String what) {
        return new InputException(file, "line " + number + ": " + what + ": \"" + InputException.quote(line) + "\"");
    }
}
