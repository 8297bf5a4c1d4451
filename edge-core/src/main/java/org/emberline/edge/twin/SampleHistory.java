package org.emberline.edge.twin;

/** The sample's state as a function of time. Immutable; any thread, any order. */
@FunctionalInterface
interface SampleHistory {

    /** The state at a time within the run, seconds since its start. */
    SampleState at(double seconds);
}
