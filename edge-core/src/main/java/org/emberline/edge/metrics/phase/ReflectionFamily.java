package org.emberline.edge.metrics.phase;

/**
 * Reflections that symmetry makes equivalent.
 *
 * @param multiplicity how many there are, Friedel's included
 */
public record ReflectionFamily(int h, int k, int l, int multiplicity) {
    @Override
    public String toString() {
        return "[" + h + ", " + k + ", " + l + "]";
    }
}
