package org.emberline.edge.twin;

import java.util.Locale;
import org.emberline.gpu.Detector;
import org.emberline.gpu.Geometry;

/** The simulated panel's place, as a geometry and as the text of a PONI file. */
final class PanelGeometry {
    private static final int BOTTOM_RIGHT = 3;

    private PanelGeometry() {}

    static Geometry of(SimulationSettings.Panel panel) {
        Detector detector = new Detector(
                "Detector", panel.rows(), panel.columns(), panel.pixelMetres(), panel.pixelMetres(), BOTTOM_RIGHT);
        return new Geometry(
                detector,
                panel.distanceMetres(),
                panel.poni1Metres(),
                panel.poni2Metres(),
                panel.rot1Radians(),
                panel.rot2Radians(),
                panel.rot3Radians(),
                panel.wavelengthMetres());
    }

    /** A PONI file of version 2.1. */
    static String poni(Geometry geometry) {
        Detector detector = geometry.detector();
        return String.join(
                "\n",
                "# The panel of the simulated calcination. Metres and radians; axis 1 is slow (rows), axis 2 fast (columns).",
                "poni_version: 2.1",
                "Detector: " + detector.name(),
                String.format(
                        Locale.ROOT,
                        "Detector_config: {\"pixel1\": %s, \"pixel2\": %s, \"max_shape\": [%d, %d], \"orientation\": %d}",
                        detector.pixel1Metres(),
                        detector.pixel2Metres(),
                        detector.rows(),
                        detector.columns(),
                        detector.orientation()),
                "Distance: " + geometry.distanceMetres(),
                "Poni1: " + geometry.poni1Metres(),
                "Poni2: " + geometry.poni2Metres(),
                "Rot1: " + geometry.rot1Radians(),
                "Rot2: " + geometry.rot2Radians(),
                "Rot3: " + geometry.rot3Radians(),
                "Wavelength: " + geometry.wavelengthMetres(),
                "");
    }
}
