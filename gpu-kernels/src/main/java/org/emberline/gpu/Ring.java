package org.emberline.gpu;

/**
 * A Debye-Scherrer ring whose counts are wanted sector by sector, with the background taken from both its flanks.
 *
 * @param name for people and archives, not blank
 * @param lower inner edge, in the unit of the plan's radial axis
 * @param upper outer edge, above {@code lower}
 * @param background width of the flank on either side that gives the background; 0 for no background
 */
public record Ring(String name, double lower, double upper, double background) {

    public Ring {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a ring needs a name ring=" + lower + "," + upper);
        }
        if (!(upper > lower) || Double.isInfinite(upper - lower)) {
            throw new IllegalArgumentException("ring is empty or inverted " + name + "=" + lower + "," + upper);
        }
        if (!(background >= 0) || Double.isInfinite(background)) {
            throw new IllegalArgumentException(
                    "the background flank of a ring must be 0 or wider " + name + ".background=" + background);
        }
    }
}
