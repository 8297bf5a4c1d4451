package org.emberline.edge.app;

import java.util.List;

/**
 * What comes into a run, opened but not started.
 *
 * @param furnace shared by all detectors
 * @param detectors in the order of the configuration
 */
record Inputs(Furnace furnace, List<Input> detectors) implements AutoCloseable {

    Inputs {
        detectors = List.copyOf(detectors);
    }

    /** Closes what was opened; for inputs that no pipeline has taken over. */
    @Override
    public void close() {
        detectors.forEach(Input::close);
        furnace.thermocouples().close();
    }
}
