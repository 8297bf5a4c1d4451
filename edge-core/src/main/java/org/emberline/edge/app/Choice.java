package org.emberline.edge.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option of few words, written in lower case as in the configuration. */
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] values;

    Choice(Class<E> type) {
        values = type.getEnumConstants();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public E convert(String text) {
        for (E value : values) {
            if (word(value).equals(text.toLowerCase(Locale.ROOT))) {
                return value;
            }
        }
        List<String> words = Arrays.stream(values).map(Choice::word).toList();
        throw new TypeConversionException("must be one of " + words + ", is \"" + text + "\"");
    }
}
