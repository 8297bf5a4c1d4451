package org.emberline.gpu;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines by which the probing process tells of devices: one line {@code emberline-device} per device with its nine tab-separated
 * fields, and a last line {@code emberline-devices-end} with their number. Lines of drivers that talk on stdout are passed over.
 */
public final class DeviceListing {
    private static final String DEVICE = "emberline-device\t";
    private static final String END = "emberline-devices-end\t";
    private static final int MAXIMUM_DEVICES = 64;
    private static final int MAXIMUM_FIELD = 256;

    private DeviceListing() {}

    /** The lines for these devices. */
    public static String write(List<DeviceInfo> devices) {
        StringBuilder lines = new StringBuilder();
        for (DeviceInfo device : devices) {
            lines.append(DEVICE)
                    .append(String.join(
                            "\t",
                            field(device.platform()),
                            field(device.name()),
                            field(device.vendor()),
                            field(device.driverVersion()),
                            device.type().name(),
                            Integer.toString(device.computeUnits()),
                            Long.toString(device.memoryBytes()),
                            device.doublePrecision() ? "yes" : "no",
                            field(device.openClVersion())))
                    .append('\n');
        }
        return lines.append(END).append(devices.size()).append('\n').toString();
    }

    /** Reads whatever the process wrote; anything but a complete listing becomes a report with a problem. */
    static ProbeReport parse(String output) {
        List<DeviceInfo> devices = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            if (line.startsWith(END)) {
                return line.equals(END + devices.size())
                        ? new ProbeReport(devices, devices.isEmpty() ? "no OpenCL platform with a device" : null)
                        : garbage();
            }
            if (line.startsWith(DEVICE)) {
                if (devices.size() == MAXIMUM_DEVICES) {
                    return garbage();
                }
                try {
                    devices.add(device(line.substring(DEVICE.length()).split("\t", -1)));
                } catch (IllegalArgumentException e) {
                    return garbage();
                }
            }
        }
        return new ProbeReport(List.of(), "the OpenCL probe ended without a complete list of devices");
    }

    private static DeviceInfo device(String[] fields) {
        if (fields.length != 9) {
            throw new IllegalArgumentException("fields=" + fields.length);
        }
        for (String field : fields) {
            if (!field.equals(field(field))) {
                throw new IllegalArgumentException("not a field");
            }
        }
        boolean doublePrecision = fields[7].equals("yes");
        if (!doublePrecision && !fields[7].equals("no")) {
            throw new IllegalArgumentException("neither yes nor no");
        }
        return new DeviceInfo(
                fields[0],
                fields[1],
                fields[2],
                fields[3],
                DeviceType.valueOf(fields[4]),
                Integer.parseUnsignedInt(fields[5]),
                Long.parseUnsignedLong(fields[6]),
                doublePrecision,
                fields[8]);
    }

    /** Text fit for one field: one line without control characters, of bounded length. */
    private static String field(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ").strip();
        return oneLine.length() <= MAXIMUM_FIELD ? oneLine : oneLine.substring(0, MAXIMUM_FIELD);
    }

    private static ProbeReport garbage() {
        return new ProbeReport(List.of(), "the OpenCL probe wrote something that is no list of devices");
    }
}
