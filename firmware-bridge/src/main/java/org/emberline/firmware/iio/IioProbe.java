package org.emberline.firmware.iio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.function.LongSupplier;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.chip.Conversion;
import org.emberline.firmware.sampling.Probe;
import org.jspecify.annotations.Nullable;

/**
 * A channel of an {@link IioDevice}: Celsius = (raw + offset) scale / 1000, or input / 1000. Of the drivers' fault files {@code fault_oc}
 * and {@code fault_ovuv} (MAX31856) are looked at; others report a faulty thermocouple as a failed reading and do not say which fault.
 * Whether a conversion was read before cannot be told.
 *
 * <p>A device that comes back under another number is found again by its name.
 */
public final class IioProbe implements Probe {
    private static final double MILLI = 1e-3;

    private final IioDevices devices;
    private final IioSettings settings;
    private final LongSupplier nanoTime;
    private @Nullable Path folder;
    private boolean raw;
    private boolean ambient;
    private double offset;
    private double scale;

    public IioProbe(IioDevices devices, IioSettings settings) {
        this(devices, settings, System::nanoTime);
    }

    /** @param nanoTime stands in for {@link System#nanoTime()} */
    IioProbe(IioDevices devices, IioSettings settings, LongSupplier nanoTime) {
        this.devices = devices;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Finds the device, sets the type of its thermocouple if that is asked for, and reads what does not change. */
    @Override
    public void restart() throws IOException {
        folder = null;
        IioDevice device = devices.find(settings.device());
        if (!device.channels().contains(settings.channel())) {
            throw new IOException(device.path() + ": no such channel channel=" + settings.channel() + " there="
                    + device.temperatures());
        }
        Path path = device.path();
        setType(path);
        raw = Files.exists(path.resolve(file("raw")));
        offset = Attribute.numberOr(path, file("offset"), 0);
        scale = Attribute.numberOr(path, file("scale"), 1);
        ambient = device.channels().contains("temp_ambient")
                && !settings.channel().equals("temp_ambient");
        folder = path;
    }

    private void setType(Path path) throws IOException {
        String wanted = settings.thermocoupleType();
        String name = file("thermocouple_type");
        if (wanted != null && !Attribute.text(path, name).equals(wanted)) {
            Attribute.set(path, name, wanted);
        }
    }

    private String file(String attribute) {
        return "in_" + settings.channel() + "_" + attribute;
    }

    @Override
    public Sample read() throws IOException {
        Path path = folder;
        if (path == null) {
            throw new IOException("IIO device not found yet device=" + settings.device());
        }
        long begin = nanoTime.getAsLong();
        double value =
                raw ? (Attribute.number(path, file("raw")) + offset) * scale : Attribute.number(path, file("input"));
        long end = nanoTime.getAsLong();
        long centre = begin + (end - begin) / 2 - settings.windowNanos() / 2;
        EnumSet<FaultKind> faults = faults(path);
        return new Sample(centre, faults.isEmpty() ? junctions(path, value) : new Conversion.Faulty(faults));
    }

    private static EnumSet<FaultKind> faults(Path path) throws IOException {
        EnumSet<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        if (Attribute.numberOr(path, "fault_oc", 0) != 0) {
            faults.add(FaultKind.OPEN_CIRCUIT);
        }
        if (Attribute.numberOr(path, "fault_ovuv", 0) != 0) {
            faults.add(FaultKind.OVER_UNDER_VOLTAGE);
        }
        return faults;
    }

    /** The cold junction is NaN where the driver does not show one. */
    private Conversion.Junctions junctions(Path path, double value) throws IOException {
        double cold = ambient ? ambientCelsius(path) : Double.NaN;
        return new Conversion.Junctions(value * MILLI, cold, settings.sigmaCelsius());
    }

    private static double ambientCelsius(Path path) throws IOException {
        if (!Files.exists(path.resolve("in_temp_ambient_raw"))) {
            return Attribute.number(path, "in_temp_ambient_input") * MILLI;
        }
        double raw =
                Attribute.number(path, "in_temp_ambient_raw") + Attribute.numberOr(path, "in_temp_ambient_offset", 0);
        return raw * Attribute.numberOr(path, "in_temp_ambient_scale", 1) * MILLI;
    }

    @Override
    public void close() {
        folder = null;
    }
}
