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
    };

    private final String configName;
    private final int minimumReflections;

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

    public abstract double basal(int h, int k, int l);

    public abstract double axial(int h, int k, int l);
}
