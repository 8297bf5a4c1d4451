package org.emberline.gpu.imaging;

import java.util.ArrayList;
import java.util.List;
import org.emberline.gpu.Backend;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.imaging.cpu.CpuImageReducer;
import org.emberline.gpu.opencl.OpenClImageReducer;

/** Opens image reducers: the only place that chooses between the backends. */
public final class ImageReducers {
    private ImageReducers() {}

    /**
     * A reducer and why it was chosen.
     *
     * @param reducer close it after use
     * @param reason one line, for example {@code cpu: no OpenCL platform}
     */
    public record Opened(ImageReducer reducer, String reason) {}

    /**
     * Opens a reducer. {@link Backend#AUTO} takes the first usable device that is no CPU, and otherwise the CPU without OpenCL: on the same
     * cores OpenCL has nothing to win.
     *
     * @param probe what was found by an earlier {@link org.emberline.gpu.Devices#probe}; not looked at for {@link Backend#CPU}
     * @throws NoDeviceException when {@link Backend#OPENCL} is asked for and no device can do it
     * @throws IllegalArgumentException when no pixel can be used
     */
    public static Opened open(Backend choice, ImagingPlan plan, ProbeReport probe) throws NoDeviceException {
        if (choice == Backend.CPU) {
            return new Opened(new CpuImageReducer(plan), "cpu: as asked");
        }
        List<String> failures = new ArrayList<>();
        for (DeviceInfo device : probe.usable()) {
            if (choice == Backend.AUTO && device.type() == DeviceType.CPU) {
                failures.add(device.inWords() + ": works on the same cores");
                continue;
            }
            try {
                return new Opened(new OpenClImageReducer(device, plan), "opencl: " + device.inWords());
            } catch (ReducerException | LinkageError e) {
                failures.add(device.inWords() + ": " + e.getMessage());
            }
        }
        String why = failures.isEmpty() ? probe.whyNothingUsable() : String.join("; ", failures);
        if (choice == Backend.OPENCL) {
            throw new NoDeviceException("no OpenCL device can be used: " + why);
        }
        return new Opened(new CpuImageReducer(plan), "cpu: " + why);
    }
}
