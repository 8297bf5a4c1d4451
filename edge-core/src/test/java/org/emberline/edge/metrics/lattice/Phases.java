package org.emberline.edge.metrics.lattice;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.metrics.phase.Phase;

/** The phases of the tests: the same figures as the files in config/phases, which {@link PhaseFileTest} compares. */
public final class Phases {

    public static final Phase NMC532 = Phase.hexagonal(
            "nmc532",
            2.868,
            14.245,
            new Phase.Range(0.985, 1.025),
            new Phase.Range(0.990, 1.025),
            reflections(
                    new int[][] {
                        {0, 0, 3}, {1, 0, 1}, {0, 0, 6}, {0, 1, 2}, {1, 0, 4}, {0, 1, 5}, {0, 0, 9}, {1, 0, 7},
                        {0, 1, 8}, {1, 1, 0}, {1, 1, 3}
                    },
                    100,
                    45,
                    5,
                    17,
                    98,
                    17,
                    2,
                    18,
                    28,
                    29,
                    19));

    public static final Phase CEO2 = Phase.cubic(
            "ceo2",
            5.4115,
            new Phase.Range(0.985, 1.020),
            reflections(
                    new int[][] {
                        {1, 1, 1}, {2, 0, 0}, {2, 2, 0}, {3, 1, 1}, {2, 2, 2}, {4, 0, 0}, {3, 3, 1}, {4, 2, 0},
                        {4, 2, 2}
                    },
                    100,
                    27,
                    46,
                    34,
                    6,
                    6,
                    12,
                    7,
                    10));

    public static final Phase FE3O4 = Phase.cubic(
            "fe3o4",
            8.396,
            new Phase.Range(0.985, 1.025),
            reflections(
                    new int[][] {{2, 2, 0}, {3, 1, 1}, {4, 0, 0}, {4, 2, 2}, {5, 1, 1}, {4, 4, 0}},
                    30,
                    100,
                    20,
                    10,
                    30,
                    40));

    private Phases() {}

    public static List<Phase.Reflection> reflections(int[][] indices, double... intensities) {
        List<Phase.Reflection> list = new ArrayList<>();
        for (int i = 0; i < indices.length; i++) {
            list.add(new Phase.Reflection(indices[i][0], indices[i][1], indices[i][2], intensities[i]));
        }
        return list;
    }
}
