package org.emberline.edge.pipeline;

import java.time.Duration;

/**
 * @param slots frames in flight, a power of two
 * @param frameBytes bytes of one frame
 * @param publishPeriod shortest time between two snapshots
 */
public record PipelineSettings(int slots, long frameBytes, Duration publishPeriod) {}
