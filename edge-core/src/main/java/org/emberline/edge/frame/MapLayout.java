package org.emberline.edge.frame;

import java.util.List;
import org.emberline.gpu.imaging.ImageShape;

/**
 * What is fixed of a map that belongs to a metric.
 *
 * @param shape rows and columns of each plane
 * @param factor detector pixels per pixel of the map along each axis
 * @param unit in words, as SenML has none for most of them
 * @param planes names of what lies one behind the other, for example the components of a vector
 */
public record MapLayout(ImageShape shape, int factor, String unit, List<String> planes) {

    public MapLayout {
        planes = List.copyOf(planes);
    }

    /** Numbers in all planes. */
    public int values() {
        return shape.pixels() * planes.size();
    }
}
