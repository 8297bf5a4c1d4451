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
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Reduction;

/**
 * One pattern or cake as a NeXus file after the application definitions NXazint1d and NXazint2d (nexusformat/definitions), with
 * {@code default} attributes so that viewers plot it at once.
 */
public final class NxAzint {
    private static final double HC_KEV_ANGSTROM = 12.398419843320026;

    private NxAzint() {}

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
                entry.putDataset("definition", pattern.cake().isPresent() ? "NXazint2d" : "NXazint1d");
                entry.putDataset("solid_angle_applied", plan.corrections().solidAngle());
                entry.putDataset(
                        "polarization_applied", !Double.isNaN(plan.corrections().polarizationFactor()));
                // The intensity is a mean per pixel: always divided by the pixels' weights.
                entry.putDataset("normalization_applied", true);
                var _ = instrument(entry, plan.geometry().wavelengthMetres() * 1e10);
                reduction(entry, plan, origin);
                NxAzintData.write(group(entry, "data", "NXdata"), pattern, plan);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | HdfException e) {
            Files.deleteIfExists(part);
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** @param angstrom of the beam, NaN when nobody says it */
    static WritableGroup instrument(WritableGroup entry, double angstrom) {
        WritableGroup instrument = group(entry, "instrument", "NXinstrument");
        instrument.putDataset("name", "unknown");
        if (!Double.isNaN(angstrom)) { // jHDF cannot write a group in which nothing is
            WritableGroup monochromator = group(instrument, "monochromator", "NXmonochromator");
            described(monochromator.putDataset("wavelength", angstrom), "wavelength", "angstrom");
            described(monochromator.putDataset("energy", HC_KEV_ANGSTROM / angstrom), "energy", "keV");
        }
        WritableGroup source = group(instrument, "source", "NXsource");
        source.putDataset("name", "unknown");
        source.putDataset("type", "unknown");
        source.putDataset("probe", "x-ray");
        return instrument;
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

    static void described(WritableDataset dataset, String longName, String units) {
        dataset.putAttribute("long_name", longName);
        dataset.putAttribute("units", units);
    }

    static WritableGroup group(WritableGroup parent, String name, String nxClass) {
        WritableGroup group = parent.putGroup(name);
        group.putAttribute("NX_class", nxClass);
        return group;
    }
}
