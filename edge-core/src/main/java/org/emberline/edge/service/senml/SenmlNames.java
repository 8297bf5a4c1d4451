package org.emberline.edge.service.senml;

/** What RFC 8428 section 4.5.1 allows as a resolved name: letters, digits and {@code -:./_}, begun by a letter or digit. */
public final class SenmlNames {

    private SenmlNames() {}

    /** Whether a resolved name keeps the rule. */
    public static boolean valid(String name) {
        return !name.isEmpty() && alphanumeric(name.charAt(0)) && name.chars().allMatch(SenmlNames::allowed);
    }

    /** A valid name near to this one: {@code _} for every other character, {@code x} before a forbidden beginning. */
    public static String mended(String name) {
        StringBuilder mended = new StringBuilder(name.length() + 1);
        name.chars().forEach(c -> mended.append(allowed(c) ? (char) c : '_'));
        if (mended.isEmpty() || !alphanumeric(mended.charAt(0))) {
            mended.insert(0, 'x');
        }
        return mended.toString();
    }

    private static boolean allowed(int c) {
        return alphanumeric(c) || c == '-' || c == ':' || c == '.' || c == '/' || c == '_';
    }

    private static boolean alphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
