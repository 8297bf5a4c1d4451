package org.emberline.edge.twin;

/** The source of lithium. It decides the path: with the carbonate the hydroxide is an oxide long before it takes up lithium. */
public enum LithiumSalt {
    LI2CO3(2, 723),
    LIOH(1, 471);

    private final int lithiumPerFormula;
    private final double meltingCelsius;

    LithiumSalt(int lithiumPerFormula, double meltingCelsius) {
        this.lithiumPerFormula = lithiumPerFormula;
        this.meltingCelsius = meltingCelsius;
    }

    /** Lithium in one formula unit. */
    public int lithiumPerFormula() {
        return lithiumPerFormula;
    }

    /** At and above this temperature all of the salt is molten, below none. */
    public double meltingCelsius() {
        return meltingCelsius;
    }
}
