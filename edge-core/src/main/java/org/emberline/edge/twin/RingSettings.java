package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;

/** All that diffraction frames need beyond the panel and the beam: phases, grains and the panel's imperfections. */
public record RingSettings(PhaseSettings phases, GrainSettings grains, PanelEffects panel) {

    /** One line for each key out of range, all tables together; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(phases.problems());
        problems.addAll(grains.problems());
        problems.addAll(panel.problems());
        return List.copyOf(problems);
    }
}
