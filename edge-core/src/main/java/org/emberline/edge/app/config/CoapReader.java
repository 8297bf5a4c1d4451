package org.emberline.edge.app.config;

import java.nio.file.Path;
import java.time.Duration;
import org.emberline.edge.app.config.ApplianceConfig.CoapSection;
import org.emberline.edge.service.CoapSettings;
import org.jspecify.annotations.Nullable;

/** Reads {@code [coap]} and {@code [coap.dtls]}. */
final class CoapReader {
    private static final double SLOWEST_HZ = 0.001;

    private static final double FASTEST_HZ = 1000;
    private static final int MOST_PORT = 65_535;
    private static final int SECURE_PORT = 5684;
    private static final long MOST_REQUESTS = 1_000_000;
    private static final String LOOPBACK = "127.0.0.1";

    private CoapReader() {}

    static CoapSection read(TomlSection section, Path folder) {
        CoapSettings usual = CoapSettings.DEFAULT;
        boolean enabled = section.flag("enabled", true);
        String bind = address(section);
        int port = (int) section.integer("port", usual.port(), 0, MOST_PORT);
        Duration period = ConfigReader.seconds(1 / section.number("notify_hz", 2, SLOWEST_HZ, FASTEST_HZ));
        int requests = (int) section.integer("requests_per_second", usual.requestsPerSecond(), 1, MOST_REQUESTS);
        boolean cleartext = section.flag("cleartext_beyond_loopback", false);
        if (enabled && !bind.isBlank() && !cleartext && !CoapSettings.isLoopback(bind)) {
            section.complain(
                    "bind",
                    "is " + bind + ", where anybody could read in the clear: take [coap.dtls], or say"
                            + " coap.cleartext_beyond_loopback = true");
        }
        CoapSettings.Dtls dtls = dtls(section.section("dtls"), folder);
        section.finish();
        return new CoapSection(
                enabled, new CoapSettings(bind.isBlank() ? LOOPBACK : bind, port, period, requests, cleartext, dtls));
    }

    private static CoapSettings.@Nullable Dtls dtls(TomlSection section, Path folder) {
        boolean enabled = section.flag("enabled", false);
        String bind = address(section);
        int port = (int) section.integer("port", SECURE_PORT, 0, MOST_PORT);
        Path keys = section.file("keys", folder);
        section.finish();
        return enabled && !bind.isBlank()
                ? new CoapSettings.Dtls(bind, port, keys == null ? folder.resolve("keys") : keys)
                : null;
    }

    private static String address(TomlSection section) {
        String bind = section.text("bind", LOOPBACK);
        if (bind.isBlank()) {
            section.complain("bind", "is empty");
        }
        return bind;
    }
}
