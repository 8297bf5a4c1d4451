package org.emberline.gpu;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the probe for OpenCL devices found.
 *
 * @param devices every device that answered
 * @param problem why there is no device, or why the list may not be complete, in one line; null when all went well
 */
public record ProbeReport(
        List<DeviceInfo> devices, @Nullable String problem) {

    public ProbeReport {
        devices = List.copyOf(devices);
    }

    /** The devices that can integrate frames: GPUs first, then accelerators, then CPUs; otherwise in the drivers' order. */
    public List<DeviceInfo> usable() {
        return devices.stream()
                .filter(device -> device.unusableBecause().isEmpty())
                .sorted(Comparator.comparing(DeviceInfo::type))
                .toList();
    }

    /** In one line why {@link #usable} is empty. */
    public String whyNothingUsable() {
        if (problem != null) {
            return problem;
        }
        if (devices.isEmpty()) {
            return "no OpenCL device";
        }
        DeviceInfo first = devices.getFirst();
        return first.inWords() + ": " + first.unusableBecause().orElse("usable");
    }
}
