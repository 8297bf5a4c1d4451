package org.emberline.edge.metrics.phase;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sums over a structure's atoms, site by site, and their scattering at the spacing at hand. */
final class SiteSums {
    private static final int NONE = -1;

    private final int sites;
    private final double[] displacement;
    /** Phase factors of a site's atoms, summed: by family, site, real and imaginary. */
    private final double[] geometry;
    /** Scattering of a site without disorder, and how much one whole exchange adds: by family, site, real and imaginary. */
    private final double[] ordered;

    private final double[] exchange;
    private final double[] u;
    private final Ions[] ions;
    private final int first;
    private final int second;
    private final @Nullable Ions firstGains;
    private final @Nullable Ions secondGains;

    SiteSums(Structure structure, List<ReflectionFamily> families, double kev) {
        sites = structure.sites().size();
        int n = families.size() * sites;
        displacement = new double[sites];
        geometry = new double[2 * n];
        ordered = new double[2 * n];
        exchange = new double[2 * n];
        u = new double[families.size()];
        ions = new Ions[sites];
        for (int s = 0; s < sites; s++) {
            Site site = structure.sites().get(s);
            displacement[s] = site.bIso();
            ions[s] = Ions.of(site.occupancy(), structure, kev);
            List<double[]> places = Structure.places(structure.group(), site);
            for (int i = 0; i < families.size(); i++) {
                sum(families.get(i), places, 2 * (i * sites + s));
            }
        }
        Antisite antisite = structure.antisite();
        first = antisite == null ? NONE : structure.siteIndex(antisite.first());
        second = antisite == null ? NONE : structure.siteIndex(antisite.second());
        firstGains = antisite == null
                ? null
                : Ions.of(Map.of(antisite.secondIon(), 1.0, antisite.firstIon(), -1.0), structure, kev);
        secondGains = antisite == null || !antisite.exchanged()
                ? null
                : Ions.of(Map.of(antisite.firstIon(), 1.0, antisite.secondIon(), -1.0), structure, kev);
    }

    private void sum(ReflectionFamily family, List<double[]> places, int at) {
        for (double[] place : places) {
            double turn = 2 * Math.PI * (family.h() * place[0] + family.k() * place[1] + family.l() * place[2]);
            geometry[at] += Math.cos(turn);
            geometry[at + 1] += Math.sin(turn);
        }
    }

    /** Takes over the spacing of a family: u = (1/2d)², 1/Å². */
    void at(int family, double newU) {
        if (u[family] == newU) {
            return;
        }
        u[family] = newU;
        for (int s = 0; s < sites; s++) {
            int at = 2 * (family * sites + s);
            ordered[at] = ions[s].real(newU);
            ordered[at + 1] = ions[s].imaginary();
            @Nullable Ions gains = s == first ? firstGains : s == second ? secondGains : null;
            exchange[at] = gains == null ? 0 : gains.real(newU);
            exchange[at + 1] = gains == null ? 0 : gains.imaginary();
        }
    }

    /** |F|², the mean of a reflection and Friedel's, electrons². */
    double square(int family, double heat, double disorder) {
        double re = 0;
        double im = 0;
        double mateRe = 0;
        double mateIm = 0;
        for (int s = 0; s < sites; s++) {
            int at = 2 * (family * sites + s);
            double damping = Math.exp(-displacement[s] * heat * u[family]);
            double fRe = damping * (ordered[at] + disorder * exchange[at]);
            double fIm = damping * (ordered[at + 1] + disorder * exchange[at + 1]);
            re += fRe * geometry[at] - fIm * geometry[at + 1];
            im += fRe * geometry[at + 1] + fIm * geometry[at];
            mateRe += fRe * geometry[at] + fIm * geometry[at + 1];
            mateIm += fIm * geometry[at] - fRe * geometry[at + 1];
        }
        return 0.5 * (re * re + im * im + mateRe * mateRe + mateIm * mateIm);
    }

    /** Ions that share a site, each with its share. */
    private record Ions(List<FormFactor> factors, double[] shares, double resonantReal, double imaginary) {

        static Ions of(Map<String, Double> occupancy, Structure structure, double kev) {
            ScatteringTable table = ScatteringTable.shipped();
            List<FormFactor> factors =
                    occupancy.keySet().stream().map(table::formFactor).toList();
            double[] shares = occupancy.values().stream().mapToDouble(x -> x).toArray();
            double real = 0;
            double imaginary = 0;
            for (Map.Entry<String, Double> ion : occupancy.entrySet()) {
                Structure.Resonance resonance = structure.resonance(ScatteringTable.element(ion.getKey()), kev);
                real += ion.getValue() * resonance.real();
                imaginary += ion.getValue() * resonance.imaginary();
            }
            return new Ions(factors, shares, real, imaginary);
        }

        double real(double u) {
            double sum = resonantReal;
            for (int i = 0; i < shares.length; i++) {
                sum += shares[i] * factors.get(i).at(u);
            }
            return sum;
        }
    }
}
