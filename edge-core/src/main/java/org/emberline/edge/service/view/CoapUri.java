package org.emberline.edge.service.view;

import java.net.URI;
import java.net.URISyntaxException;

/** A {@code coap://host[:port]/path[?query]} of the command line, or the same with {@code coaps}. */
final class CoapUri {
    private static final int DEFAULT_PORT = 5683;
    private static final int SECURE_PORT = 5684;

    private CoapUri() {}

    /**
     * The URI with its port written out.
     *
     * @throws IllegalArgumentException in one line, when it is not a usable coap URI
     */
    static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean secure = "coaps".equalsIgnoreCase(uri.getScheme());
            if (!secure && !"coap".equalsIgnoreCase(uri.getScheme())) {
                throw refused(text, "does not begin with coap:// or coaps://");
            }
            if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
                throw refused(text, "is not of the form coap://host[:port]/path[?query] or coaps://...");
            }
            int port = uri.getPort() == -1 ? (secure ? SECURE_PORT : DEFAULT_PORT) : uri.getPort();
            if (port < 1 || port > 65_535) {
                throw refused(text, "has a port outside 1..65535");
            }
            // Raw parts, so that an encoded & or / stays one.
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new URI((secure ? "coaps://" : "coap://") + uri.getHost() + ":" + port + uri.getRawPath() + query);
        } catch (URISyntaxException e) {
            throw refused(text, e.getReason());
        }
    }

    static boolean isSecure(URI uri) {
        return "coaps".equalsIgnoreCase(uri.getScheme());
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("uri=" + Cell.safe(text) + " " + why);
    }
}
