package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void showsWhatSigmaMakesWorthReading() {
        assertEquals("2.86812 +- 0.00013", Figures.withSigma(2.868123456, 0.000132));
        assertEquals("27700221 +- 5300", Figures.withSigma(27_700_221, 5263));
        assertEquals("-", Figures.withSigma(Double.NaN, 1));
        assertEquals("0.648179", Figures.withSigma(0.6481791, Double.NaN));
    }

    @Test
    void showsSmallNumbersWithTheirPower() {
        assertEquals("2.912e-15 +- 0.052e-15", Figures.withSigma(2.9123e-15, 5.2e-17));
        assertEquals("-1.92e-6 +- 0.13e-6", Figures.withSigma(-1.921e-6, 1.3e-7));
        assertEquals("0.0000000 +- 0.0000020", Figures.withSigma(0, 2.0e-6));
    }
}
