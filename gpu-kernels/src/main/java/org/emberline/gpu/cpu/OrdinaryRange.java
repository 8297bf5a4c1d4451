package org.emberline.gpu.cpu;

import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;

/**
 * A range of raw values that are all valid and not saturated, as wide as a range can be: most pixels lie in it and need no closer
 * look.
 *
 * @param lower smallest such value
 * @param upper largest such value; below {@code lower} when there is none
 */
record OrdinaryRange(double lower, double upper) {

    static OrdinaryRange of(PixelRules rules, PixelFormat format) {
        double lower = rules.keepNegative() ? format.minimum() : Math.max(0, format.minimum());
        double upper = Math.min(format.maximum(), below(rules.saturationCounts(), format));
        double dummyFrom = rules.dummy() - rules.dummyTolerance();
        double dummyTo = rules.dummy() + rules.dummyTolerance();
        if (dummyTo >= lower && dummyFrom <= upper) {
            double underDummy = below(dummyFrom, format);
            double overDummy = format == PixelFormat.F32 ? Math.nextUp(dummyTo) : Math.floor(dummyTo) + 1;
            if (underDummy - lower >= upper - overDummy) {
                upper = underDummy;
            } else {
                lower = overDummy;
            }
        }
        return new OrdinaryRange(lower, upper);
    }

    /** The largest value below a limit. */
    private static double below(double limit, PixelFormat format) {
        return format == PixelFormat.F32 ? Math.nextDown(limit) : Math.ceil(limit) - 1;
    }

    boolean isEmpty() {
        return !(lower <= upper);
    }
}
