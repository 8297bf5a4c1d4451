package org.emberline.edge.app.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a record whose component names are a table's keys in camel case: numbers, switches, choices, sub-tables that are records, and
 * lists of tables. Ranges are the records' own business; here every key must be there and of the right kind, unless it has a default.
 */
final class RecordReader {
    private static final double LOW = -1e300;
    private static final double HIGH = 1e300;

    private final Map<String, Double> defaults;

    /** @param defaults numbers by key that may be left out, wherever they stand */
    RecordReader(Map<String, Double> defaults) {
        this.defaults = Map.copyOf(defaults);
    }

    /** The record of a table; complaints go to the table's list, and harmless values stand in. */
    <R extends Record> R read(TomlSection section, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(section, snakeCase(components[i].getName()), components[i]);
        }
        section.finish();
        try {
            Constructor<R> canonical = type.getDeclaredConstructor(types);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings are public records that take any numbers: " + type, e);
        }
    }

    private Object value(TomlSection section, String key, RecordComponent component) {
        Class<?> type = component.getType();
        if (type == double.class) {
            return number(section, key);
        } else if (type == long.class) {
            return section.requiredInteger(key);
        } else if (type == int.class) {
            return (int) section.requiredInteger(key);
        } else if (type == boolean.class) {
            return section.requiredFlag(key);
        } else if (type == List.class && elementOf(component) == Double.class) {
            return section.requiredNumbers(key);
        } else if (type == List.class) {
            return records(section, key, component);
        } else if (type.isEnum()) {
            return choice(section, key, type);
        } else {
            return read(section.section(key), type.asSubclass(Record.class));
        }
    }

    private double number(TomlSection section, String key) {
        Double fallback = defaults.get(key);
        return fallback == null ? section.requiredNumber(key, LOW, HIGH) : section.number(key, fallback, LOW, HIGH);
    }

    private List<?> records(TomlSection section, String key, RecordComponent component) {
        Class<?> element = elementOf(component);
        return section.sections(key).stream()
                .map(table -> read(table, element.asSubclass(Record.class)))
                .toList();
    }

    private static Class<?> elementOf(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the component's type is an enum, only the compiler cannot know
    private static Object choice(TomlSection section, String key, Class<?> type) {
        return section.requiredChoice(key, (Class<Enum>) type);
    }

    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
