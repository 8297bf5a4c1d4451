package org.emberline.edge.service;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlValue;
import org.jspecify.annotations.Nullable;

/** Answers for somebody with nothing but a CoAP client: UTF-8, a line a value, the value behind its name. */
final class PlainText {
    private static final String UNKNOWN = "-";
    private static final double LARGEST_PLAIN = 1e15;
    private static final double LEAST_PLAIN = 1e-3;

    private PlainText() {}

    /** Maps within the map get dotted names; an entry of a list of maps is one line. What is null is a dash. */
    static byte[] document(Map<String, @Nullable Object> document) {
        StringBuilder text = new StringBuilder();
        append(text, "", document);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, inner) -> append(text, name.isEmpty() ? key + "" : name + "." + key, inner));
            case List<?> list
            when list.stream().anyMatch(Map.class::isInstance) ->
                list.forEach(entry ->
                        text.append(name).append(' ').append(line(entry)).append('\n'));
            case null, default ->
                text.append(name).append(' ').append(line(value)).append('\n');
        }
    }

    private static String line(@Nullable Object value) {
        return switch (value) {
            case null -> UNKNOWN;
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + line(entry.getValue()))
                        .collect(Collectors.joining(" "));
            case List<?> list ->
                list.isEmpty() ? UNKNOWN : list.stream().map(PlainText::line).collect(Collectors.joining(","));
            case Double number -> number(number);
            default -> value.toString().isEmpty() ? UNKNOWN : value.toString();
        };
    }

    /** The records by their resolved names, with unit; the base time is the first line. */
    static byte[] pack(List<SenmlRecord> records) {
        StringBuilder text = new StringBuilder();
        String base = "";
        for (SenmlRecord record : records) {
            if (record.base().time() != null) {
                text.append("t ").append(number(record.base().time())).append(" s\n");
            }
            base = Objects.requireNonNullElse(record.base().name(), base);
            text.append(base).append(Objects.requireNonNullElse(record.name(), ""));
            text.append(' ').append(value(record.value()));
            text.append(record.unit() == null ? "" : " " + record.unit()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Times in plain digits; what is very large or small with an exponent. */
    private static String number(double value) {
        boolean plain = Math.abs(value) < LARGEST_PLAIN && Math.abs(value) >= LEAST_PLAIN;
        String text = Double.toString(value);
        return plain ? new BigDecimal(text).toPlainString() : text;
    }

    private static String value(@Nullable SenmlValue value) {
        return switch (value) {
            case null -> UNKNOWN;
            case SenmlValue.Numeric number -> number(number.value());
            case SenmlValue.Text text -> text.value();
            case SenmlValue.Bool bool -> Boolean.toString(bool.value());
            case SenmlValue.Data data -> data.toString();
        };
    }
}
