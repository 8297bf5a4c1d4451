package org.emberline.gpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one JSON object (RFC 8259) and nothing beside it. Values are {@link String}, {@link Double}, {@link Boolean},
 * {@link Null}, {@link List} and {@link Map}. Refuses duplicate names, which the RFC leaves open, and deep nesting.
 */
final class StrictJson {
    /** Stands for {@code null}. */
    enum Null {
        NULL
    }

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*+)(\\.\\d++)?([eE][+-]?\\d++)?");
    private static final int MAXIMUM_DEPTH = 16;

    private final String text;
    private int position;
    private int depth;

    private StrictJson(String text) {
        this.text = text;
    }

    /** Not JSON; the message says what was expected and at which character, counted from 1. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1;

        SyntaxException(String message) {
            super(message);
        }
    }

    static Map<String, Object> parseObject(String text) throws SyntaxException {
        StrictJson json = new StrictJson(text);
        json.skipSpace();
        Map<String, Object> object = json.object();
        json.skipSpace();
        if (json.position < text.length()) {
            throw json.expected("the end");
        }
        return object;
    }

    private Object value() throws SyntaxException {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", Null.NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() throws SyntaxException {
        Map<String, Object> members = new LinkedHashMap<>();
        enter('{');
        if (peek() != '}') {
            do {
                skipSpace();
                String name = string();
                skipSpace();
                take(':');
                skipSpace();
                if (members.put(name, value()) != null) {
                    throw new SyntaxException("the name '" + PoniText.shown(name) + "' is given twice");
                }
                skipSpace();
            } while (takeIf(','));
        }
        leave('}');
        return members;
    }

    private List<Object> array() throws SyntaxException {
        List<Object> items = new ArrayList<>();
        enter('[');
        if (peek() != ']') {
            do {
                skipSpace();
                items.add(value());
                skipSpace();
            } while (takeIf(','));
        }
        leave(']');
        return items;
    }

    private String string() throws SyntaxException {
        take('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char character = text.charAt(position);
            if (character < ' ') {
                throw expected("no control character");
            }
            position++;
            string.append(character == '\\' ? escaped() : character);
        }
        position++;
        return string.toString();
    }

    private char escaped() throws SyntaxException {
        char code = peek();
        position++;
        return switch (code) {
            case '"', '\\', '/' -> code;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw expected("an escape");
        };
    }

    private char unicode() throws SyntaxException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw expected("four hexadecimal digits");
            }
            code = code * 16 + digit;
            position++;
        }
        return (char) code;
    }

    private Object word(String word, Object meaning) throws SyntaxException {
        if (!text.startsWith(word, position)) {
            throw expected("a value");
        }
        position += word.length();
        return meaning;
    }

    private Double number() throws SyntaxException {
        Matcher matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw expected("a value");
        }
        position = matcher.end();
        return Double.valueOf(matcher.group());
    }

    private void enter(char bracket) throws SyntaxException {
        take(bracket);
        if (++depth > MAXIMUM_DEPTH) {
            throw expected("no deeper nesting");
        }
        skipSpace();
    }

    private void leave(char bracket) throws SyntaxException {
        take(bracket);
        depth--;
    }

    private void take(char character) throws SyntaxException {
        if (!takeIf(character)) {
            throw expected("'" + character + "'");
        }
    }

    private boolean takeIf(char character) {
        boolean found = position < text.length() && text.charAt(position) == character;
        if (found) {
            position++;
        }
        return found;
    }

    private char peek() throws SyntaxException {
        if (position >= text.length()) {
            throw expected("more");
        }
        return text.charAt(position);
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private SyntaxException expected(String what) {
        return new SyntaxException("expected " + what + " at character " + (position + 1));
    }
}
