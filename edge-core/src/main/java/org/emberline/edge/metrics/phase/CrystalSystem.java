package org.emberline.edge.metrics.phase;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the spacing of a reflection follows from the cell: {@code 1/d² = basal/a² + axial/c²}, and the position of its ring is
 * {@code q = 2π/d}.
 */
public enum CrystalSystem {
    /** Hexagonal axes, rhombohedral cells in the hexagonal setting included. */
    HEXAGONAL("hexagonal", 3) {
        @Override
        public double basal(int h, int k, int l) {
            return 4.0 / 3.0 * (h * h + h * k + k * k);
        }

        @Override
        public double axial(int h, int k, int l) {
            return l * l;
        }
    },
    /** One cell edge; nothing depends on c. */
    CUBIC("cubic", 2) {
        @Override
        public double basal(int h, int k, int l) {
            return h * h + k * k + l * l;
        }

        @Override
        public double axial(int h, int k, int l) {
            return 0;
        }
    },
    /** Two edges at right angles to a third. */
    TETRAGONAL("tetragonal", 3) {
        @Override
        public double basal(int h, int k, int l) {
            return h * h + k * k;
        }

        @Override
        public double axial(int h, int k, int l) {
            return l * l;
        }
    },
    /** Three edges at right angles. */
    ORTHORHOMBIC("orthorhombic"),
    /** The second edge at right angles to the others. */
    MONOCLINIC("monoclinic"),
    /** Anything. */
    TRICLINIC("triclinic");

    private final String configName;
    private final int minimumReflections;

    CrystalSystem(String configName) {
        this(configName, 0);
    }

    CrystalSystem(String configName, int minimumReflections) {
        this.configName = configName;
        this.minimumReflections = minimumReflections;
    }

    /** The name in a phase file. */
    public String configName() {
        return configName;
    }

    /** The system of that name in a phase file, if there is one. */
    public static Optional<CrystalSystem> ofName(String name) {
        return Arrays.stream(values()).filter(s -> s.configName.equals(name)).findFirst();
    }

    /** Fewest reflections that determine the cell and leave one to contradict it. */
    public int minimumReflections() {
        return minimumReflections;
    }

    /** Whether a cell of it, which has two edges at most, can be searched for. */
    public boolean isSearchable() {
        return minimumReflections > 0;
    }

    /**
     * The share of 1/d² that goes with 1/a².
     *
     * @throws UnsupportedOperationException when it is not {@link #isSearchable searchable}
     */
    public double basal(int h, int k, int l) {
        throw new UnsupportedOperationException(configName);
    }

    /**
     * The share of 1/d² that goes with 1/c².
     *
     * @throws UnsupportedOperationException when it is not {@link #isSearchable searchable}
     */
    public double axial(int h, int k, int l) {
        throw new UnsupportedOperationException(configName);
    }
}
