package org.emberline.gpu;

import java.util.ArrayList;
import java.util.List;
import org.emberline.gpu.cpu.CpuReducer;
import org.emberline.gpu.opencl.OpenClReducer;

/** Opens reducers: the only place that chooses between the backends. */
public final class Reducers {

    private Reducers() {}

    /**
     * A reducer and why it was chosen.
     *
     * @param reducer close it after use
     * @param reason one line, for example {@code opencl: gfx90a (AMD Accelerated Parallel Processing)} or {@code cpu: no OpenCL
     *     platform}
     */
    public record Opened(Reducer reducer, String reason) {}

    /**
     * Opens a reducer, probing for devices first where the choice needs it (see {@link Devices#probe}).
     *
     * @throws NoDeviceException when {@link Backend#OPENCL} is asked for and no device can do it
     * @throws IllegalArgumentException when the plan masks every pixel
     */
    public static Opened open(Backend choice, IntegrationPlan plan) throws NoDeviceException {
        return choice == Backend.CPU ? openCpu(plan, "as asked") : open(choice, plan, Devices.probe());
    }

    /** As {@link #open(Backend, IntegrationPlan)}, with the report of an earlier probe. */
    public static Opened open(Backend choice, IntegrationPlan plan, ProbeReport probe) throws NoDeviceException {
        if (choice == Backend.CPU) {
            return openCpu(plan, "as asked");
        }
        List<String> failures = new ArrayList<>();
        for (DeviceInfo device : probe.usable()) {
            try {
                return new Opened(new OpenClReducer(device, plan), "opencl: " + device.inWords());
            } catch (ReducerException | LinkageError e) {
                failures.add(device.inWords() + ": " + e.getMessage());
            }
        }
        String why = failures.isEmpty() ? probe.whyNothingUsable() : String.join("; ", failures);
        if (choice == Backend.OPENCL) {
            throw new NoDeviceException("no OpenCL device can be used: " + why);
        }
        return openCpu(plan, why);
    }

    private static Opened openCpu(IntegrationPlan plan, String why) {
        return new Opened(new CpuReducer(plan), "cpu: " + why);
    }
}
