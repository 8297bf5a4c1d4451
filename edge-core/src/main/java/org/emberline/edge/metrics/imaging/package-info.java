/**
 * Measures radiographs of an agglomerate: porosity, grain size, moved mass, segregation of a dopant. {@link
 * org.emberline.edge.metrics.imaging.ImageMetrics} is the catalogue; what several metrics share is worked out once per frame by
 * {@link org.emberline.edge.metrics.imaging.ImageAnalysis}.
 */
@NullMarked
package org.emberline.edge.metrics.imaging;

import org.jspecify.annotations.NullMarked;
