package org.emberline.gpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.choice.AutoChoice;
import org.emberline.gpu.choice.ChoiceCache;
import org.emberline.gpu.cpu.CpuCeiling;
import org.emberline.gpu.cpu.CpuReducer;
import org.emberline.gpu.opencl.DeviceCeiling;
import org.emberline.gpu.opencl.OpenClReducer;
import org.jspecify.annotations.Nullable;

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
     * How to open.
     *
     * @param cache folder in which {@link Backend#AUTO} remembers timings; null: it measures each time
     * @param onSwitch told in one line when a device fails and the CPU takes over, on the thread of the frame
     */
    public record Settings(@Nullable Path cache, Consumer<String> onSwitch) {
        /** Remembers nothing and tells nobody. */
        public static final Settings NONE = new Settings(null, text -> {});
    }

    /**
     * Opens a reducer, probing for devices first where the choice needs it (see {@link Devices#probe}).
     *
     * @throws NoDeviceException when {@link Backend#OPENCL} is asked for and no device can do it
     * @throws IllegalArgumentException when the plan masks every pixel
     */
    public static Opened open(Backend choice, IntegrationPlan plan) throws NoDeviceException {
        ProbeReport probe = choice == Backend.CPU ? new ProbeReport(List.of(), "not looked for") : Devices.probe();
        return open(choice, plan, probe, Settings.NONE);
    }

    /**
     * As {@link #open(Backend, IntegrationPlan)}, with the report of an earlier probe. {@link Backend#AUTO} times the CPU and every
     * usable device on frames of the plan's geometry, about half a second each, and takes the fastest; remembered timings save that.
     */
    public static Opened open(Backend choice, IntegrationPlan plan, ProbeReport probe, Settings settings)
            throws NoDeviceException {
        CellMap map = CellMap.of(plan);
        return switch (choice) {
            case CPU -> new Opened(cpu(plan, map), "cpu: as asked");
            case OPENCL -> openCl(plan, map, probe, settings);
            case AUTO -> auto(plan, map, probe, settings);
        };
    }

    private static Reducer cpu(IntegrationPlan plan, CellMap map) {
        return new CpuReducer(plan, map, Runtime.getRuntime().availableProcessors());
    }

    private static Reducer device(DeviceInfo device, IntegrationPlan plan, CellMap map, Settings settings) {
        Reducer first = new OpenClReducer(device, plan, map, OpenClReducer.Strategy.of(device));
        return new FailoverReducer(first, () -> cpu(plan, map), settings.onSwitch());
    }

    private static Opened openCl(IntegrationPlan plan, CellMap map, ProbeReport probe, Settings settings)
            throws NoDeviceException {
        List<String> failures = new ArrayList<>();
        for (DeviceInfo device : probe.usable()) {
            try {
                return new Opened(device(device, plan, map, settings), "opencl: " + device.inWords());
            } catch (ReducerException | LinkageError e) {
                failures.add(device.inWords() + ": " + e.getMessage());
            }
        }
        String why = failures.isEmpty() ? probe.whyNothingUsable() : String.join("; ", failures);
        throw new NoDeviceException("no OpenCL device can be used: " + why);
    }

    private static Opened auto(IntegrationPlan plan, CellMap map, ProbeReport probe, Settings settings) {
        if (probe.usable().isEmpty()) {
            return new Opened(cpu(plan, map), "cpu: " + probe.whyNothingUsable());
        }
        AutoChoice.Taken<Reducer> taken = candidates(plan, map, probe, settings)
                .take(settings.cache(), ChoiceCache.key(probe, whatMatters(plan)));
        return new Opened(taken.reducer(), taken.reason());
    }

    private static AutoChoice<Reducer> candidates(
            IntegrationPlan plan, CellMap map, ProbeReport probe, Settings settings) {
        AutoChoice<Reducer> choice = new AutoChoice<Reducer>(Trial::millisecondsPerFrame).cpu(() -> cpu(plan, map));
        for (DeviceInfo device : probe.usable()) {
            choice.device(device.inWords(), () -> device(device, plan, map, settings));
        }
        return choice;
    }

    /** All of a plan that can change a timing. */
    private static String whatMatters(IntegrationPlan plan) {
        return plan.geometry() + "|" + plan.format() + "|" + plan.axis() + "|" + plan.splitting() + "|"
                + plan.errorModel() + "|" + plan.rules() + "|" + plan.sectors();
    }

    /** Times the CPU and every usable device on a plan, as {@link Backend#AUTO} would; about half a second each. */
    public static List<Timing> time(IntegrationPlan plan, ProbeReport probe) {
        AutoChoice<Reducer> choice = candidates(plan, CellMap.of(plan), probe, Settings.NONE);
        List<Timing> timings = new ArrayList<>();
        choice.measured(timings).reducer().close();
        return timings;
    }

    /**
     * What the device of a reducer could do at best with its frames.
     *
     * @param probe the report that the reducer was opened with
     * @throws ReducerException when the device refuses
     */
    public static Ceiling ceiling(Reducer reducer, ProbeReport probe) {
        IntegrationPlan plan = reducer.plan();
        return ceiling(reducer, plan.format(), plan.geometry().detector().pixels(), probe);
    }

    /**
     * What the device of a reducer of any kind could do at best with frames of so many pixels.
     *
     * @param probe the report that the reducer was opened with
     * @throws ReducerException when the device refuses
     */
    public static Ceiling ceiling(Arithmetic reducer, PixelFormat format, int pixels, ProbeReport probe) {
        Optional<DeviceInfo> device = probe.usable().stream()
                .filter(usable ->
                        reducer.backend().equals("opencl") && usable.inWords().equals(reducer.device()))
                .findFirst();
        return device.isPresent()
                ? new DeviceCeiling(device.get(), format, pixels)
                : new CpuCeiling(format, pixels, Runtime.getRuntime().availableProcessors());
    }
}
