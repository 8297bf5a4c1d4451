package org.emberline.gpu.imaging;

import java.util.ArrayList;
import java.util.List;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Ceiling;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.choice.AutoChoice;
import org.emberline.gpu.choice.ChoiceCache;
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

    /** As {@link #open(Backend, ImagingPlan, ProbeReport, Reducers.Settings)}; remembers nothing and tells nobody. */
    public static Opened open(Backend choice, ImagingPlan plan, ProbeReport probe) throws NoDeviceException {
        return open(choice, plan, probe, Reducers.Settings.NONE);
    }

    /**
     * Opens a reducer. {@link Backend#AUTO} times the CPU and every usable device on a frame of the plan, about half a second each, and
     * takes the fastest; remembered timings save that. When a device fails in mid-run, the CPU takes over.
     *
     * @param probe what was found by an earlier {@link org.emberline.gpu.Devices#probe}; not looked at for {@link Backend#CPU}
     * @throws NoDeviceException when {@link Backend#OPENCL} is asked for and no device can do it
     * @throws IllegalArgumentException when no pixel can be used
     */
    public static Opened open(Backend choice, ImagingPlan plan, ProbeReport probe, Reducers.Settings settings)
            throws NoDeviceException {
        return switch (choice) {
            case CPU -> new Opened(new CpuImageReducer(plan), "cpu: as asked");
            case OPENCL -> openCl(plan, probe, settings);
            case AUTO -> auto(plan, probe, settings);
        };
    }

    private static ImageReducer device(DeviceInfo device, ImagingPlan plan, Reducers.Settings settings) {
        ImageReducer first = new OpenClImageReducer(device, plan);
        return new FailoverImageReducer(first, () -> new CpuImageReducer(plan), settings.onSwitch());
    }

    private static Opened openCl(ImagingPlan plan, ProbeReport probe, Reducers.Settings settings)
            throws NoDeviceException {
        List<String> failures = new ArrayList<>();
        for (DeviceInfo device : probe.usable()) {
            try {
                return new Opened(device(device, plan, settings), "opencl: " + device.inWords());
            } catch (ReducerException | LinkageError e) {
                failures.add(device.inWords() + ": " + e.getMessage());
            }
        }
        String why = failures.isEmpty() ? probe.whyNothingUsable() : String.join("; ", failures);
        throw new NoDeviceException("no OpenCL device can be used: " + why);
    }

    private static Opened auto(ImagingPlan plan, ProbeReport probe, Reducers.Settings settings) {
        if (probe.usable().isEmpty()) {
            return new Opened(new CpuImageReducer(plan), "cpu: " + probe.whyNothingUsable());
        }
        AutoChoice<ImageReducer> choice =
                new AutoChoice<ImageReducer>(ImageTrial::millisecondsPerFrame).cpu(() -> new CpuImageReducer(plan));
        for (DeviceInfo device : probe.usable()) {
            choice.device(device.inWords(), () -> device(device, plan, settings));
        }
        AutoChoice.Taken<ImageReducer> taken = choice.take(settings.cache(), ChoiceCache.key(probe, whatMatters(plan)));
        return new Opened(taken.reducer(), taken.reason());
    }

    /** All of a plan that can change a timing, but for the number of dead pixels. */
    private static String whatMatters(ImagingPlan plan) {
        int flats = plan.flatfield().after() == null ? 1 : 2;
        return "image|" + plan.shape() + "|" + plan.format() + "|" + plan.saturationCounts() + "|" + plan.factor() + "|"
                + plan.scaling() + "|" + plan.histogram() + "|" + plan.detail() + "|" + flats;
    }

    /**
     * What the device of a reducer could do at best with its frames.
     *
     * @param probe the report that the reducer was opened with
     * @throws ReducerException when the device refuses
     */
    public static Ceiling ceiling(ImageReducer reducer, ProbeReport probe) {
        ImagingPlan plan = reducer.plan();
        return Reducers.ceiling(reducer, plan.format(), plan.shape().pixels(), probe);
    }
}
