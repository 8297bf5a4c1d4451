package org.emberline.edge.pipeline;

import java.time.Duration;

/**
 * @param slots frames in flight of each detector, a power of two
 * @param publishPeriod shortest time between two snapshots
 */
public record PipelineSettings(int slots, Duration publishPeriod) {}
