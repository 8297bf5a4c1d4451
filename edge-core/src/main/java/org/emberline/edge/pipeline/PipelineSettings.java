package org.emberline.edge.pipeline;

import java.time.Duration;

/**
 * @param slots frames in flight of each detector, a power of two
 * @param whenFull what becomes of a frame that finds them all taken
 * @param publishPeriod shortest time between two snapshots
 */
public record PipelineSettings(int slots, WhenFull whenFull, Duration publishPeriod) {}
