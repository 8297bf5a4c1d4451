package org.emberline.edge.metrics.phase;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All operations of a space group, found from some of them. Immutable. */
public final class SpaceGroup {
    private static final int MOST = 192;

    private final List<SymmetryOperation> operations;

    private SpaceGroup(Collection<SymmetryOperation> operations) {
        this.operations = List.copyOf(operations);
    }

    /**
     * The group that operations generate.
     *
     * @param texts operations as in a CIF; all of the group, or enough of it
     * @throws IllegalArgumentException for a text that is no operation, and when they make no space group
     */
    public static SpaceGroup of(List<String> texts) {
        List<SymmetryOperation> generators =
                texts.stream().map(SymmetryOperation::parse).toList();
        Set<SymmetryOperation> found = new LinkedHashSet<>();
        ArrayDeque<SymmetryOperation> open = new ArrayDeque<>();
        SymmetryOperation identity = SymmetryOperation.parse("x,y,z");
        found.add(identity);
        open.add(identity);
        while (!open.isEmpty()) {
            SymmetryOperation next = open.remove();
            for (SymmetryOperation generator : generators) {
                SymmetryOperation product = generator.after(next);
                if (found.add(product)) {
                    open.add(product);
                }
                if (found.size() > MOST) {
                    throw new IllegalArgumentException(
                            "symmetry=" + texts + " makes no space group: none has more than " + MOST + " operations");
                }
            }
        }
        return new SpaceGroup(found);
    }

    /** Number of operations. */
    public int order() {
        return operations.size();
    }

    List<SymmetryOperation> operations() {
        return operations;
    }
}
