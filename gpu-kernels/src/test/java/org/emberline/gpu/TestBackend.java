package org.emberline.gpu;

import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.cpu.CpuReducer;
import org.emberline.gpu.opencl.OpenClReducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The backends that the contract is checked on. */
public enum TestBackend {
    CPU {
        @Override
        Reducer open(IntegrationPlan plan) {
            return new CpuReducer(plan);
        }
    },
    OPENCL_SCATTER {
        @Override
        Reducer open(IntegrationPlan plan) {
            return new OpenClReducer(device(), plan, CellMap.of(plan), OpenClReducer.Strategy.SCATTER);
        }
    },
    OPENCL_GATHER {
        @Override
        Reducer open(IntegrationPlan plan) {
            return new OpenClReducer(device(), plan, CellMap.of(plan), OpenClReducer.Strategy.GATHER);
        }
    };

    private static final String REQUIRED = "EMBERLINE_REQUIRE_OPENCL";
    private static @Nullable ProbeReport report;

    abstract Reducer open(IntegrationPlan plan);

    /**
     * The device to test on. Where there is none, the test fails if the environment demands one, and is skipped with the reason
     * otherwise.
     */
    public static DeviceInfo device() {
        ProbeReport found = report();
        if (found.usable().isEmpty()) {
            String reason = "no OpenCL device: " + found.whyNothingUsable();
            if ("true".equals(System.getenv(REQUIRED))) {
                Assertions.fail(reason + ", but " + REQUIRED + "=true");
            }
            Assumptions.abort(reason);
        }
        return found.usable().getFirst();
    }

    private static synchronized ProbeReport report() {
        if (report == null) {
            report = Devices.probe();
            if (report.usable().isEmpty()) {
                System.out.println("OpenCL tests skipped: " + report.whyNothingUsable());
            }
        }
        return report;
    }
}
