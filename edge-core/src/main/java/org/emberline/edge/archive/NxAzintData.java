package org.emberline.edge.archive;

import static org.emberline.edge.archive.NxAzint.described;

import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.util.Arrays;
import org.emberline.gpu.AzimuthalAxis;
import org.emberline.gpu.Cake;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;

/** The NXdata group of a pattern, or of a cake when there is one. */
final class NxAzintData {
    static final String NO_UNIT = "arbitrary units";

    private NxAzintData() {}

    static void write(WritableGroup data, Reduction reduction, IntegrationPlan plan) {
        data.putAttribute("signal", "I");
        reduction.cake().ifPresentOrElse(cake -> cake(data, cake, plan), () -> pattern(data, reduction, plan));
        radialAxis(data, plan.axis());
    }

    private static void pattern(WritableGroup data, Reduction pattern, IntegrationPlan plan) {
        data.putAttribute("axes", new String[] {".", "radial_axis"});
        data.putAttribute("radial_axis_indices", 1);
        data.putAttribute("interpretation", "spectrum");
        values(
                data,
                "spectrum",
                plan,
                new double[][] {pattern.intensity()},
                new double[][] {pattern.sigma()},
                pattern.count());
    }

    private static void cake(WritableGroup data, Cake cake, IntegrationPlan plan) {
        data.putAttribute("axes", new String[] {".", "azimuthal_axis", "radial_axis"});
        data.putAttribute("azimuthal_axis_indices", 1);
        data.putAttribute("radial_axis_indices", 2);
        data.putAttribute("interpretation", "image");
        values(
                data,
                "image",
                plan,
                new double[][][] {rows(cake.intensity(), cake.bins())},
                new double[][][] {rows(cake.sigma(), cake.bins())},
                rows(cake.count(), cake.bins()));
        AzimuthalAxis axis = plan.sectors().axis();
        double[] centres = new double[axis.sectors()];
        double[] edges = new double[axis.sectors() + 1];
        double width = (axis.upperDegrees() - axis.lowerDegrees()) / axis.sectors();
        Arrays.setAll(centres, axis::centre);
        Arrays.setAll(edges, i -> axis.lowerDegrees() + i * width);
        described(data.putDataset("azimuthal_axis", centres), "azimuth", "degree");
        described(data.putDataset("azimuthal_axis_edges", edges), "azimuth bin edges", "degree");
    }

    private static void values(
            WritableGroup data, String kind, IntegrationPlan plan, Object intensities, Object errors, Object norm) {
        WritableDataset intensity = data.putDataset("I", intensities);
        intensity.putAttribute("interpretation", kind);
        described(intensity, "intensity", NO_UNIT);
        if (plan.errorModel() != ErrorModel.NONE) {
            described(data.putDataset("I_errors", errors), "estimated intensity error", NO_UNIT);
        }
        described(
                data.putDataset("norm", norm),
                "effective number of pixels contributing to the corresponding bin",
                NO_UNIT);
    }

    private static double[][] rows(double[] values, int columns) {
        double[][] rows = new double[values.length / columns][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
        return rows;
    }

    /** Centres and edges of the bins. */
    static void radialAxis(WritableGroup data, RadialAxis axis) {
        double[] centres = new double[axis.bins()];
        double[] edges = new double[axis.bins() + 1];
        Arrays.setAll(centres, axis::centre);
        Arrays.setAll(edges, i -> axis.lower() + i * axis.binWidth());
        edges[axis.bins()] = axis.upper();
        String name = longName(axis.unit());
        described(data.putDataset("radial_axis", centres), name, udunits(axis.unit()));
        described(data.putDataset("radial_axis_edges", edges), name + " bin edges", udunits(axis.unit()));
    }

    private static String longName(RadialUnit unit) {
        return switch (unit) {
            case Q_PER_ANGSTROM, Q_PER_NANOMETRE -> "q";
            case TWO_THETA_DEGREES, TWO_THETA_RADIANS -> "2theta";
            case RADIUS_MILLIMETRES -> "r";
            case D_STAR_SQUARED_PER_SQUARE_ANGSTROM -> "d*2";
        };
    }

    /** Real units, as the readers of these files expect, where the definition lists only NeXus's categories of units. */
    private static String udunits(RadialUnit unit) {
        return switch (unit) {
            case Q_PER_ANGSTROM -> "1/angstrom";
            case Q_PER_NANOMETRE -> "1/nm";
            case TWO_THETA_DEGREES -> "degree";
            case TWO_THETA_RADIANS -> "radian";
            case RADIUS_MILLIMETRES -> "mm";
            case D_STAR_SQUARED_PER_SQUARE_ANGSTROM -> "1/angstrom^2";
        };
    }
}
