package org.emberline.edge.service.view;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The link format of {@code /.well-known/core} (RFC 6690 section 2): {@code <path>;rt="x";obs,<path>...}. */
final class Links {
    private final String text;
    private int at;

    private Links(String text) {
        this.text = text;
    }

    /** One map per link: {@code uri} and its attributes; true for one without a value. */
    static List<Map<String, @Nullable Object>> parse(String text) throws IOException {
        Links links = new Links(text.strip());
        List<Map<String, @Nullable Object>> parsed = new ArrayList<>();
        while (links.at < links.text.length()) {
            if (!parsed.isEmpty()) {
                links.expect(',');
            }
            parsed.add(links.link());
        }
        return parsed;
    }

    static void print(List<Map<String, @Nullable Object>> links, PrintStream out) {
        TextTable table = new TextTable("path", "type", "formats", "observable", "title");
        for (Map<String, @Nullable Object> link : links) {
            table.row(
                    Cell.of(link.get("uri")),
                    Cell.of(link.get("rt")),
                    Cell.of(link.get("ct")),
                    link.containsKey("obs") ? "yes" : "",
                    Cell.of(link.get("title")));
        }
        table.print(out);
    }

    private Map<String, @Nullable Object> link() throws IOException {
        Map<String, @Nullable Object> link = new LinkedHashMap<>();
        expect('<');
        link.put("uri", until(">"));
        expect('>');
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            String name = until("=;,");
            if (at < text.length() && text.charAt(at) == '=') {
                link.putIfAbsent(name, value());
            } else {
                link.putIfAbsent(name, true);
            }
        }
        return link;
    }

    private String value() throws IOException {
        expect('=');
        if (at >= text.length() || text.charAt(at) != '"') {
            return until(";,");
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        expect('"');
        return value.toString();
    }

    private String until(String ends) {
        int begin = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private void expect(char wanted) throws IOException {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw new IOException("the answer is not link-format: no " + wanted + " at character " + at);
        }
        at++;
    }
}
