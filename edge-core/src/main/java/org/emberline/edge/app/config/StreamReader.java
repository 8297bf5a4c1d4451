package org.emberline.edge.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;
import org.emberline.edge.app.config.ApplianceConfig.StreamSection;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@code [source]} that a detector's stream needs. */
final class StreamReader {
    private static final int LONGEST_SIDE = 65_536;
    private static final int HIGHEST_PORT = 65_535;

    private StreamReader() {}

    /** The keys of a stream; null for another kind of source, of which they are not asked for. */
    static @Nullable StreamSection read(TomlSection section, SourceKind kind) {
        if (kind != SourceKind.STREAM2) {
            return null;
        }
        String address = section.requiredText("address");
        if (!address.isEmpty() && !sound(address)) {
            section.complain("address", "must be tcp://HOST:PORT, is \"" + address + "\"");
        }
        double[] shape = section.numbers("shape", 2, 1, LONGEST_SIDE);
        if (shape != null && (shape[0] != Math.rint(shape[0]) || shape[1] != Math.rint(shape[1]))) {
            section.complain("shape", "must be two whole numbers, is " + shape[0] + ", " + shape[1]);
        }
        PixelFormat pixels = section.choice("pixels", PixelFormat.U32, PixelFormat.class);
        if (pixels.signed()) {
            section.complain("pixels", "must be \"u8\", \"u16\" or \"u32\"");
        }
        return new StreamSection(
                address,
                section.text("channel", ""),
                pixels,
                shape == null ? 0 : (int) shape[0],
                shape == null ? 0 : (int) shape[1],
                section.integer("series", 0, 0, Integer.MAX_VALUE));
    }

    private static boolean sound(String address) {
        try {
            URI uri = new URI(address);
            return "tcp".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= HIGHEST_PORT
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
