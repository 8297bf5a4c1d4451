package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.made;

import java.util.HashMap;
import java.util.Map;
import org.emberline.gpu.DeviceInfo;
import org.jocl.CL;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;

/**
 * The one context of a device, kept for the process's life: drivers are known to leak when contexts are made again and again.
 *
 * @param device the device
 * @param context its context; never released
 */
record ClContext(ClDevice device, cl_context context) {
    private static final Map<Key, ClContext> OPEN = new HashMap<>();

    /** What a device is known by; the rest of its description may change from one probe to the next. */
    private record Key(String platform, String name, String driverVersion) {}

    /** The context of that device, made on first use. */
    static ClContext of(DeviceInfo wanted) {
        synchronized (OPEN) {
            Key key = new Key(wanted.platform(), wanted.name(), wanted.driverVersion());
            ClContext open = OPEN.get(key);
            if (open == null) {
                SignalHandlers handlers = SignalHandlers.now();
                try {
                    open = open(ClDevice.find(wanted));
                    OPEN.put(key, open);
                } finally {
                    handlers.restore();
                }
            }
            return open;
        }
    }

    private static ClContext open(ClDevice device) {
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform());
        int[] code = new int[1];
        cl_context context = CL.clCreateContext(properties, 1, new cl_device_id[] {device.device()}, null, null, code);
        return new ClContext(device, made("clCreateContext", context, code));
    }
}
