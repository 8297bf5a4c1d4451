package org.emberline.edge.archive;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;

/**
 * One pattern as a NeXus file after the application definition NXazint1d (nexusformat/definitions, applications/NXazint1d), with
 * {@code default} attributes so that viewers plot it at once.
 */
public final class NxAzint1d {
    private static final double HC_KEV_ANGSTROM = 12.398419843320026;

    private NxAzint1d() {}

    /**
     * Where a pattern came from.
     *
     * @param version of this program
     * @param image the image that was integrated
     * @param poni text of the PONI file
     */
    public record Origin(String version, String image, String poni) {}

    /**
     * Writes the file beside its place and moves it there: a reader sees all of it or nothing.
     *
     * @throws IOException naming the file
     */
    public static void write(Path file, Reduction pattern, IntegrationPlan plan, Origin origin) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            try (WritableHdfFile hdf = HdfFile.write(part)) {
                hdf.putAttribute("NX_class", "NXroot");
                hdf.putAttribute("default", "entry");
                WritableGroup entry = group(hdf, "entry", "NXentry");
                entry.putAttribute("default", "data");
                entry.putDataset("definition", "NXazint1d");
                entry.putDataset("solid_angle_applied", plan.corrections().solidAngle());
                entry.putDataset(
                        "polarization_applied", !Double.isNaN(plan.corrections().polarizationFactor()));
                // The intensity is a mean per pixel: always divided by the pixels' weights.
                entry.putDataset("normalization_applied", true);
                instrument(entry, plan);
                reduction(entry, plan, origin);
                data(entry, pattern, plan);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | HdfException e) {
            Files.deleteIfExists(part);
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static void instrument(WritableGroup entry, IntegrationPlan plan) {
        WritableGroup instrument = group(entry, "instrument", "NXinstrument");
        instrument.putDataset("name", "unknown");
        WritableGroup monochromator = group(instrument, "monochromator", "NXmonochromator");
        double angstrom = plan.geometry().wavelengthMetres() * 1e10;
        if (!Double.isNaN(angstrom)) {
            described(monochromator.putDataset("wavelength", angstrom), "wavelength", "angstrom");
            described(monochromator.putDataset("energy", HC_KEV_ANGSTROM / angstrom), "energy", "keV");
        }
        WritableGroup source = group(instrument, "source", "NXsource");
        source.putDataset("name", "unknown");
        source.putDataset("type", "unknown");
        source.putDataset("probe", "x-ray");
    }

    private static void reduction(WritableGroup entry, IntegrationPlan plan, Origin origin) {
        WritableGroup process = group(entry, "reduction", "NXprocess");
        process.putDataset("program", "emberline");
        process.putDataset("version", origin.version());
        process.putDataset("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        process.putDataset(
                "reference", "sum(raw - dark) / sum(flat * solid angle * polarisation) of the pixels of a bin");
        WritableGroup input = group(process, "input", "NXparameters");
        input.putDataset("file", origin.image());
        input.putDataset("poni", origin.poni());
        input.putDataset("unit", plan.axis().unit().symbol());
        input.putDataset("npt", plan.axis().bins());
        input.putDataset("flip_rows", plan.flipRows());
        input.putDataset("splitting", plan.splitting().name().toLowerCase(Locale.ROOT));
        input.putDataset("error_model", plan.errorModel().name().toLowerCase(Locale.ROOT));
        input.putDataset("polarization_factor", plan.corrections().polarizationFactor());
    }

    private static void data(WritableGroup entry, Reduction pattern, IntegrationPlan plan) {
        RadialAxis axis = plan.axis();
        double[] centres = new double[axis.bins()];
        double[] edges = new double[axis.bins() + 1];
        for (int i = 0; i < axis.bins(); i++) {
            centres[i] = axis.centre(i);
            edges[i] = axis.lower() + i * axis.binWidth();
        }
        edges[axis.bins()] = axis.upper();
        WritableGroup data = group(entry, "data", "NXdata");
        data.putAttribute("signal", "I");
        data.putAttribute("axes", new String[] {".", "radial_axis"});
        data.putAttribute("radial_axis_indices", 1);
        data.putAttribute("interpretation", "spectrum");
        WritableDataset intensity = data.putDataset("I", new double[][] {pattern.intensity()});
        intensity.putAttribute("interpretation", "spectrum");
        described(intensity, "intensity", "arbitrary units");
        if (plan.errorModel() != ErrorModel.NONE) {
            WritableDataset errors = data.putDataset("I_errors", new double[][] {pattern.sigma()});
            described(errors, "estimated intensity error", "arbitrary units");
        }
        String name = longName(axis.unit());
        described(data.putDataset("radial_axis", centres), name, udunits(axis.unit()));
        described(data.putDataset("radial_axis_edges", edges), name + " bin edges", udunits(axis.unit()));
        described(
                data.putDataset("norm", pattern.count()),
                "effective number of pixels contributing to the corresponding bin",
                "arbitrary units");
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

    private static void described(WritableDataset dataset, String longName, String units) {
        dataset.putAttribute("long_name", longName);
        dataset.putAttribute("units", units);
    }

    private static WritableGroup group(WritableGroup parent, String name, String nxClass) {
        WritableGroup group = parent.putGroup(name);
        group.putAttribute("NX_class", nxClass);
        return group;
    }
}
