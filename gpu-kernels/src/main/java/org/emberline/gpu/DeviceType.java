package org.emberline.gpu;

/** What kind of OpenCL device it is, the preferred first. */
public enum DeviceType {
    GPU,
    ACCELERATOR,
    CPU,
    OTHER
}
