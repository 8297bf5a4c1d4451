package org.emberline.gpu.opencl;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.DeviceListing;

/** The program that the probe runs in a process of its own: lists the OpenCL devices on stdout and ends. */
public final class ListDevices {

    private ListDevices() {}

    /** Exit code 1 when OpenCL cannot be loaded or asked; whatever else ends it is for the probe to find out. */
    public static void main(String[] arguments) {
        List<DeviceInfo> devices;
        try {
            devices = ClDevice.all().stream().map(ClDevice::info).toList();
        } catch (LinkageError e) {
            System.err.println("OpenCL cannot be loaded: " + e.getMessage());
            System.exit(1);
            return;
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(DeviceListing.write(devices));
        out.flush();
    }
}
