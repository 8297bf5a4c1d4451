package org.emberline.edge.acquire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One reading of one temperature log. */
final class TemperatureCsv {
    private static final long LONGEST_FILE = 256L << 20;
    private static final double ABSOLUTE_ZERO_CELSIUS = -273.15;
    private static final double SECONDS_PER_MINUTE = 60;

    private final Path path;
    private double[] seconds = new double[64];
    private double[] celsius = new double[64];
    private int rows;
    private int lineNumber;
    private String line = "";

    private boolean headerSeen;
    private int columns;
    private int timeColumn;
    private int celsiusColumn;
    private double secondsPerUnit;
    private double firstRounding;
    private double lastRounding;
    private int celsiusDecimals;

    private TemperatureCsv(Path path) {
        this.path = path;
    }

    static TemperatureTable read(Path path) throws InputException {
        TemperatureCsv csv = new TemperatureCsv(path);
        for (String text : text(path).split("\r\n|\n|\r", -1)) {
            csv.accept(text);
        }
        if (csv.rows == 0) {
            throw new InputException(path, csv.headerSeen ? "holds no reading" : "holds no header line");
        }
        return new TemperatureTable(
                path,
                Arrays.copyOf(csv.seconds, csv.rows),
                Arrays.copyOf(csv.celsius, csv.rows),
                csv.firstRounding,
                csv.lastRounding,
                Math.pow(10, -csv.celsiusDecimals));
    }

    private static String text(Path path) throws InputException {
        try (MappedFile file = MappedFile.open(path)) {
            if (file.length() > LONGEST_FILE) {
                throw new InputException(path, "too long for a temperature log: bytes=" + file.length());
            }
            ByteBuffer bytes = file.bytes().asByteBuffer();
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InputException(path, "is no UTF-8 text", e);
        }
    }

    private void accept(String text) throws InputException {
        lineNumber++;
        line = text.trim();
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        List<String> cells =
                Arrays.stream(line.split(",", -1)).map(String::trim).toList();
        if (headerSeen) {
            row(cells);
        } else {
            header(cells);
        }
    }

    private void header(List<String> names) throws InputException {
        headerSeen = true;
        columns = names.size();
        int inSeconds = column(names, "time_s");
        int inMinutes = column(names, "time_min");
        timeColumn = theOne(inSeconds, inMinutes, "time_s or time_min");
        secondsPerUnit = timeColumn == inSeconds ? 1 : SECONDS_PER_MINUTE;
        celsiusColumn = theOne(column(names, "celsius"), column(names, "temperature_C"), "celsius or temperature_C");
    }

    private int column(List<String> names, String wanted) throws InputException {
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(wanted)) {
                if (found >= 0) {
                    throw refusal("column " + wanted + " appears twice");
                }
                found = i;
            }
        }
        return found;
    }

    private int theOne(int a, int b, String names) throws InputException {
        if (a < 0 == b < 0) {
            throw refusal("the header needs one column " + names);
        }
        return Math.max(a, b);
    }

    private void row(List<String> cells) throws InputException {
        if (cells.size() != columns) {
            throw refusal(cells.size() + " columns instead of " + columns);
        }
        double time = number(cells.get(timeColumn), "time") * secondsPerUnit;
        String temperature = cells.get(celsiusColumn);
        double value = temperature.isEmpty() ? Double.NaN : temperature(temperature);
        if (rows > 0 && time <= seconds[rows - 1]) {
            throw refusal("time does not increase");
        }
        lastRounding = rounding(cells.get(timeColumn));
        firstRounding = rows == 0 ? lastRounding : firstRounding;
        celsiusDecimals = Math.max(celsiusDecimals, decimals(temperature));
        append(time, value);
    }

    private double temperature(String text) throws InputException {
        double value = number(text, "temperature");
        if (value == -1) {
            throw refusal("a temperature of -1 stands for a dropout in some logs; leave the cell empty for a dropout");
        }
        if (value < ABSOLUTE_ZERO_CELSIUS) {
            throw refusal("temperature below absolute zero");
        }
        return value;
    }

    private double number(String text, String what) throws InputException {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw refusal(what + " is no number", e);
        }
        if (!Double.isFinite(value)) {
            throw refusal(what + " is not finite");
        }
        return value;
    }

    private void append(double time, double value) {
        if (rows == seconds.length) {
            seconds = Arrays.copyOf(seconds, rows * 2);
            celsius = Arrays.copyOf(celsius, rows * 2);
        }
        seconds[rows] = time;
        celsius[rows] = value;
        rows++;
    }

    /** 20 s are 0.333... min: half of the last digit is lost in writing. Seconds need no such allowance. */
    private double rounding(String time) {
        return secondsPerUnit == 1 ? 0 : secondsPerUnit * Math.pow(10, -decimals(time)) / 2;
    }

    /** Digits behind the point; a number with an exponent says nothing about its last digit. */
    private static int decimals(String number) {
        int point = number.indexOf('.');
        boolean exponent = number.toLowerCase(Locale.ROOT).contains("e");
        return point < 0 || exponent ? 0 : number.length() - point - 1;
    }

    private InputException refusal(String what) {
        return refusal(what, null);
    }

    private InputException refusal(String what, @Nullable Throwable cause) {
        return new InputException(
                path, "line " + lineNumber + ": " + what + ": \"" + InputException.quote(line) + "\"", cause);
    }
}
