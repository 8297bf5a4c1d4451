package org.emberline.gpu;

/** Which arithmetic a user asks for. */
public enum Backend {
    /** OpenCL where a device answers the probe, otherwise the CPU; the choice and its reason are reported. */
    AUTO,
    OPENCL,
    CPU
}
