package org.emberline.gpu.imaging;

import org.emberline.gpu.imaging.cpu.CpuImageReducer;

/** The backends that the contract is checked on. */
enum ImageBackend {
    CPU {
        @Override
        ImageReducer open(ImagingPlan plan) {
            return new CpuImageReducer(plan, 2);
        }
    };

    abstract ImageReducer open(ImagingPlan plan);
}
