package org.emberline.firmware.pi4j;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Turns what Pi4J throws, all of it unchecked, into an {@link IOException} of one line. */
final class Pi4jCall {
    private static final Set<String> WITH_NATIVE_CODE = Set.of("aarch64", "arm64", "arm");

    private Pi4jCall() {}

    static <T> T of(String device, Supplier<T> action) throws IOException {
        try {
            return action.get();
        } catch (LinkageError e) {
            throw new IOException(device + ": " + withoutNativeCode(e), e);
        } catch (RuntimeException e) {
            throw new IOException(device + ": " + text(e), e);
        }
    }

    private static String withoutNativeCode(LinkageError e) {
        String arch = System.getProperty("os.arch");
        if (WITH_NATIVE_CODE.contains(arch)) {
            return "Pi4J's native code cannot be loaded: " + text(e);
        }
        return String.format(
                Locale.ROOT,
                "Pi4J does this on arm and arm64 only; use the kernel's own interface (SMBus, gpiochip) os.arch=%s",
                arch);
    }

    /** The first line of the innermost cause that has one. */
    private static String text(Throwable e) {
        String text = e.toString();
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at.getMessage() != null) {
                text = at.getMessage();
            }
        }
        return text.lines().findFirst().orElse("");
    }
}
