package org.emberline.gpu;

import java.util.Optional;

/**
 * An OpenCL device as its driver describes it.
 *
 * @param platform name of the platform (the driver's family)
 * @param name name of the device
 * @param vendor its maker
 * @param driverVersion version of the driver
 * @param type kind of device
 * @param computeUnits number of compute units
 * @param memoryBytes global memory, bytes
 * @param doublePrecision whether it has {@code cl_khr_fp64}
 * @param openClVersion the OpenCL version it offers, as the driver words it
 */
public record DeviceInfo(
        String platform,
        String name,
        String vendor,
        String driverVersion,
        DeviceType type,
        int computeUnits,
        long memoryBytes,
        boolean doublePrecision,
        String openClVersion) {

    /** Why frames cannot be integrated on this device; empty when they can. */
    public Optional<String> unusableBecause() {
        return doublePrecision ? Optional.empty() : Optional.of("no double precision (cl_khr_fp64)");
    }

    /** Device and platform for people. */
    public String inWords() {
        return name + " (" + platform + ")";
    }
}
