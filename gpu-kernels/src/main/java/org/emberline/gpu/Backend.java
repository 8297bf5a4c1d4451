package org.emberline.gpu;

/** Which arithmetic a user asks for. */
public enum Backend {
    /** Whatever is fastest here, by measurement; the choice and its reason are reported. */
    AUTO,
    OPENCL,
    CPU
}
