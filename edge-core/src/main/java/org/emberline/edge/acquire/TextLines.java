package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file in memory, line by line and cell by cell, without garbage for either. Lines end with any of the three ways to end them; white space
 * around lines and cells does not belong to them. One thread.
 */
final class TextLines {
    private static final int LONGEST_TEXT = 1 << 12;

    private final long longestFile;
    private final int[] cellFrom;
    private final int[] cellTo;
    private byte[] bytes = new byte[1 << 16];
    private int length;
    private boolean cut;
    private Path path = Path.of("");
    private int number;
    private int from;
    private int to;
    private int next;

    /**
     * @param longestFile bytes; longer files are refused
     * @param mostCells of a line that are told apart
     */
    TextLines(long longestFile, int mostCells) {
        this.longestFile = longestFile;
        cellFrom = new int[mostCells + 1];
        cellTo = new int[mostCells + 1];
    }

    /**
     * Loads a file, or its begin, to whole lines.
     *
     * @return length of the file, bytes
     */
    long load(Path file, long most) throws InputException {
        path = file;
        try (MappedFile mapped = MappedFile.open(file)) {
            long size = mapped.length();
            if (size > longestFile) {
                throw new InputException(file, "too long for a pattern: bytes=" + size);
            }
            length = Math.toIntExact(Math.min(size, most));
            cut = length < size;
            if (bytes.length < length) {
                bytes = new byte[Math.max(length, Math.toIntExact(Math.min(2L * bytes.length, longestFile)))];
            }
            mapped.copy(0, MemorySegment.ofArray(bytes), 0, length);
            mapped.checkLength();
            rewind();
            return size;
        }
    }

    /** Back to before the first line. */
    void rewind() {
        boolean marked = length >= 3
                && bytes[0] == (byte) 0xef
                && bytes[1] == (byte) 0xbb
                && bytes[2] == (byte) 0xbf; // the byte order mark of UTF-8
        next = marked ? 3 : 0;
        number = 0;
    }

    /** Goes to the next line; false when there is none. */
    boolean advance() {
        if (next >= length) {
            return false;
        }
        number++;
        from = next;
        to = from;
        while (to < length && bytes[to] != '\n' && bytes[to] != '\r') {
            to++;
        }
        next = to + (to + 1 < length && bytes[to] == '\r' && bytes[to + 1] == '\n' ? 2 : 1);
        if (cut && next >= length) {
            return false; // only a part of this line has been loaded
        }
        while (from < to && space(bytes[from])) {
            from++;
        }
        to = trimmed(from, to);
        return true;
    }

    /** Counts from 1. */
    int number() {
        return number;
    }

    boolean blank() {
        return from == to;
    }

    /** The first byte of a line that is not blank. */
    byte first() {
        return bytes[from];
    }

    /** The line, or its begin where it is very long. */
    String text() {
        return new String(bytes, from, Math.min(to - from, LONGEST_TEXT), StandardCharsets.UTF_8);
    }

    /** The first lines of the file, as many as there are; {@link #rewind} must follow. */
    List<String> head(int lines) {
        List<String> head = new ArrayList<>();
        rewind();
        while (head.size() < lines && advance()) {
            head.add(text());
        }
        return head;
    }

    /**
     * Finds the cells of the line: between semicolons, else between commas, else between white space.
     *
     * @return how many, or one more than are told apart
     * @throws InputException when a cell has white space in it: then commas are not what separates
     */
    int cells() throws InputException {
        byte separator = separator();
        int found = 0;
        int at = from;
        while (found < cellFrom.length) {
            int begin = at;
            while (begin < to && space(bytes[begin])) {
                begin++;
            }
            int end = begin;
            while (end < to && !ends(bytes[end], separator)) {
                end++;
            }
            at = end + 1;
            cellFrom[found] = begin;
            cellTo[found] = trimmed(begin, end);
            requireNoSpace(begin, cellTo[found]);
            found++;
            if (end == to) {
                break;
            }
        }
        return found;
    }

    /** The number in a cell, NaN when there is none. */
    double value(int cell) {
        return Decimals.parse(bytes, cellFrom[cell], cellTo[cell]);
    }

    String cell(int cell) {
        return new String(bytes, cellFrom[cell], cellTo[cell] - cellFrom[cell], StandardCharsets.UTF_8);
    }

    /** That the line at hand cannot be used. */
    InputException refusal(String what) {
        return new InputException(path, "line " + number + ": " + what + ": \"" + InputException.quote(text()) + "\"");
    }

    private byte separator() {
        byte separator = ' ';
        for (int i = from; i < to; i++) {
            if (bytes[i] == ';') {
                return ';';
            }
            separator = bytes[i] == ',' ? (byte) ',' : separator;
        }
        return separator;
    }

    private static boolean ends(byte c, byte separator) {
        return separator == ' ' ? space(c) : c == separator;
    }

    private static boolean space(byte c) {
        return c == ' ' || c == '\t';
    }

    private int trimmed(int begin, int end) {
        int last = end;
        while (last > begin && space(bytes[last - 1])) {
            last--;
        }
        return last;
    }

    private void requireNoSpace(int begin, int end) throws InputException {
        for (int i = begin; i < end; i++) {
            if (space(bytes[i])) {
                throw refusal("both commas and white space separate; are those decimal commas?");
            }
        }
    }
}
