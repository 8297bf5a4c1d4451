package org.emberline.edge.metrics.phase;

/**
 * Scattering by one atom or ion without resonance: {@code f0(s) = c + Σ a exp(-b s²)}, s = sin θ/λ in 1/Å, up to 6 (D. Waasmaier, A.
 * Kirfel, Acta Cryst. A51 (1995) 416).
 *
 * @param a five heights, electrons
 * @param b five widths, Å²
 * @param c electrons
 */
record FormFactor(double[] a, double[] b, double c) {

    double at(double sSquared) {
        double sum = c;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * Math.exp(-b[i] * sSquared);
        }
        return sum;
    }
}
