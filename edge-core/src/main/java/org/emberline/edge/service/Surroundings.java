package org.emberline.edge.service;

import java.util.function.Supplier;
import org.emberline.edge.pipeline.Snapshot;

/**
 * What every resource over the snapshots needs.
 *
 * @param maxAgeSeconds how long a client may take an answer for fresh
 */
record Surroundings(Supplier<Snapshot> snapshots, long maxAgeSeconds, Observers observers) {}
