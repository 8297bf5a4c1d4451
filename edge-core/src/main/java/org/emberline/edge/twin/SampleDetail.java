package org.emberline.edge.twin;

/**
 * Truth beyond the {@link SampleState}: where the sample is heading and how fast. Rates are means over the enclosing step of the
 * integration, at most 2 s in a run of less than 2 days.
 *
 * @param equilibriumDisorder x towards which the site exchange goes
 * @param nickelExcess the part of the disorder that stems from lost lithium, z of Li(1-z)TM(1+z)O2
 * @param bariumFilm Ba on the grain boundaries, moles per mole of transition metal
 * @param growthConstant dD^n/dt, micrometres^n per second, whether or not growth has begun
 * @param hydroxidePerSecond change of the share of the metal in the hydroxide, and so on for the others
 * @param grainMicrometresPerSecond change of the mean grain diameter
 */
public record SampleDetail(
        double equilibriumDisorder,
        double nickelExcess,
        double bariumFilm,
        double growthConstant,
        double hydroxidePerSecond,
        double layeredPerSecond,
        double disorderPerSecond,
        double lithiumLossPerSecond,
        double grainMicrometresPerSecond,
        double porosityPerSecond) {}
