package org.emberline.edge.acquire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An input file that cannot be used, said in one line: the file, what is wrong, and where. */
public final class InputException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 200;

    /**
     * @param file the file at fault, as the user named it
     * @param what what is wrong and where; control characters in it, which a hostile file can bring in, are blanked
     */
    public InputException(Path file, String what) {
        this(file, what, null);
    }

    InputException(Path file, String what, @Nullable Throwable cause) {
        super(oneLine(file + ": " + what), cause);
    }

    /** {@code truncated: WHAT needs bytes A..B, file ends at N}, the bytes counted from 0, B exclusive. */
    static InputException truncated(Path file, String what, long begin, long end, long length) {
        return new InputException(
                file,
                String.format(
                        Locale.ROOT, "truncated: %s needs bytes %d..%d, file ends at %d", what, begin, end, length));
    }

    /** Text from inside a file, short enough to be quoted in a message. */
    public static String quote(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
