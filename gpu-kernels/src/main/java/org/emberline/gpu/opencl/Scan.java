package org.emberline.gpu.opencl;

import java.util.Map;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.cells.CellMap;
import org.jocl.Pointer;

/**
 * Host side of {@code scan.cl}.
 *
 * <pre>
 * arg  buffer   type           entries     written        meaning
 * 0    frame    RAW            pixels      every frame    raw pixels as in host memory
 * 1    cells    ushort or int  pixels      once           the only or first cell of each pixel, to tell the masked ones
 * 2    invalid  ulong          groups      by the device  bits of the pixels that are invalid
 * 3    header   ulong          2           by the device  the first words of the result, see FrameResult; 0 at the start
 * 4    changes  ulong          3 * groups  by the device  see FrameResult
 * </pre>
 */
final class Scan {
    private final Kernel kernel;

    Scan(ClResources resources, IntegrationPlan plan, CellMap map, int group) {
        int groups = KernelOptions.groups(map);
        kernel = new Kernel(resources, Scan.class, "scan", new KernelOptions(plan, map), groups, group);
        kernel.constant(1, resources.constant("cells", map.index()));
        kernel.constant(2, resources.constant("invalid", new long[groups]));
    }

    Kernel.Bound bind(Pointer frame, FrameResult into) {
        return kernel.bind(Map.of(
                0, frame,
                3, into.words().argument(),
                4, into.changes().argument()));
    }
}
