package org.emberline.edge.frame;

/** What a detector looks at. The names, in lower case, stand in configurations, archives and CoAP. */
public enum DetectorRole {
    /** Powder rings: a frame becomes a pattern. */
    DIFFRACTION,
    /** Radiographs: a frame becomes a map of optical density. */
    IMAGING
}
