package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.ReducerException;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.jspecify.annotations.Nullable;

/**
 * A device that this process can open.
 *
 * @param platform handle of the platform
 * @param device handle of the device
 * @param info what the driver says of it
 */
record ClDevice(cl_platform_id platform, cl_device_id device, DeviceInfo info) {
    /** What the loader returns when it finds no driver at all (cl_khr_icd). */
    private static final int PLATFORM_NOT_FOUND = -1001;

    /** Asks a platform or device for a property; the shape shared by the two calls. */
    @FunctionalInterface
    private interface Query {
        int ask(long bytes, @Nullable Pointer into, long @Nullable [] bytesNeeded);
    }

    /** All devices of all platforms, in the drivers' order; empty when there is none. */
    static List<ClDevice> all() {
        int[] count = new int[1];
        int code = CL.clGetPlatformIDs(0, null, count);
        if (code == PLATFORM_NOT_FOUND || (code == CL.CL_SUCCESS && count[0] == 0)) {
            return List.of();
        }
        check("clGetPlatformIDs", code);
        cl_platform_id[] platforms = new cl_platform_id[count[0]];
        check("clGetPlatformIDs", CL.clGetPlatformIDs(platforms.length, platforms, null));
        return Arrays.stream(platforms)
                .flatMap(platform -> of(platform).stream())
                .toList();
    }

    /** The device that an earlier probe described, known by its names and not by its place in a list. */
    static ClDevice find(DeviceInfo wanted) {
        return all().stream()
                .filter(found -> found.info.platform().equals(wanted.platform())
                        && found.info.name().equals(wanted.name())
                        && found.info.driverVersion().equals(wanted.driverVersion()))
                .findFirst()
                .orElseThrow(() -> new ReducerException("the device is gone: " + wanted.inWords()));
    }

    private static List<ClDevice> of(cl_platform_id platform) {
        int[] count = new int[1];
        int code = CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
        if (code == CL.CL_DEVICE_NOT_FOUND) {
            return List.of();
        }
        check("clGetDeviceIDs", code);
        cl_device_id[] devices = new cl_device_id[count[0]];
        check("clGetDeviceIDs", CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, devices.length, devices, null));
        String platformName =
                text((bytes, into, needed) -> CL.clGetPlatformInfo(platform, CL.CL_PLATFORM_NAME, bytes, into, needed));
        List<ClDevice> found = new ArrayList<>();
        for (cl_device_id device : devices) {
            found.add(new ClDevice(platform, device, describe(platformName, device)));
        }
        return found;
    }

    private static DeviceInfo describe(String platformName, cl_device_id device) {
        List<String> extensions = List.of(text(device, CL.CL_DEVICE_EXTENSIONS).split(" ", -1));
        return new DeviceInfo(
                platformName,
                text(device, CL.CL_DEVICE_NAME),
                text(device, CL.CL_DEVICE_VENDOR),
                text(device, CL.CL_DRIVER_VERSION),
                type(number(device, CL.CL_DEVICE_TYPE, Long.BYTES)),
                (int) number(device, CL.CL_DEVICE_MAX_COMPUTE_UNITS, Integer.BYTES),
                number(device, CL.CL_DEVICE_GLOBAL_MEM_SIZE, Long.BYTES),
                extensions.contains("cl_khr_fp64"),
                text(device, CL.CL_DEVICE_VERSION));
    }

    private static DeviceType type(long bits) {
        if ((bits & CL.CL_DEVICE_TYPE_GPU) != 0) {
            return DeviceType.GPU;
        }
        if ((bits & CL.CL_DEVICE_TYPE_ACCELERATOR) != 0) {
            return DeviceType.ACCELERATOR;
        }
        return (bits & CL.CL_DEVICE_TYPE_CPU) != 0 ? DeviceType.CPU : DeviceType.OTHER;
    }

    private static String text(cl_device_id device, int property) {
        return text((bytes, into, needed) -> CL.clGetDeviceInfo(device, property, bytes, into, needed));
    }

    /** A text property without its final NUL, on one line. */
    private static String text(Query query) {
        long[] bytes = new long[1];
        check("clGetInfo", query.ask(0, null, bytes));
        byte[] text = new byte[Math.toIntExact(bytes[0])];
        check("clGetInfo", query.ask(text.length, Pointer.to(text), null));
        return new String(text, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }

    private static long number(cl_device_id device, int property, int bytes) {
        ByteBuffer value = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        check("clGetDeviceInfo", CL.clGetDeviceInfo(device, property, bytes, Pointer.to(value), null));
        return bytes == Long.BYTES ? value.getLong(0) : Integer.toUnsignedLong(value.getInt(0));
    }
}
