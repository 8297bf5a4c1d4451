package org.emberline.gpu.imaging;

import org.emberline.gpu.TestBackend;
import org.emberline.gpu.imaging.cpu.CpuImageReducer;
import org.emberline.gpu.opencl.OpenClImageReducer;

/** The backends that the contract is checked on. */
enum ImageBackend {
    CPU {
        @Override
        ImageReducer open(ImagingPlan plan) {
            return new CpuImageReducer(plan, 2);
        }
    },
    OPENCL {
        @Override
        ImageReducer open(ImagingPlan plan) {
            return new OpenClImageReducer(TestBackend.device(), plan);
        }
    };

    abstract ImageReducer open(ImagingPlan plan);
}
