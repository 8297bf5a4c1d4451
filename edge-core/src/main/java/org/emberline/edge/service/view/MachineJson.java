package org.emberline.edge.service.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree as one line of JSON: null for NaN and the infinities, base64url for bytes. */
final class MachineJson {
    private static final JsonFactory JSON = new JsonFactory();

    private MachineJson() {}

    static void print(@Nullable Object tree, PrintStream out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(generator, tree);
        }
        out.println(text);
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case Iterable<?> list -> {
                generator.writeStartArray();
                for (Object element : list) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case Double number when !Double.isFinite(number) -> generator.writeNull();
            case Double number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Boolean bool -> generator.writeBoolean(bool);
            case byte[] bytes ->
                generator.writeString(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            default -> generator.writeString(value.toString());
        }
    }
}
