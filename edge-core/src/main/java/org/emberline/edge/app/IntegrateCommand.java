package org.emberline.edge.app;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.emberline.edge.acquire.FrameFile;
import org.emberline.edge.acquire.FrameFiles;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.gpu.AzimuthalAxis;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialRange;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.RingFilter;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.Splitting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code integrate}: one image to one pattern, by the same kernels as a run. */
@Command(
        name = "integrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Integrates one image azimuthally.",
            "CSV: a header line UNIT,I,sigma,count, then a line a bin, empty bins included (I and sigma empty, count 0). I is the"
                    + " mean of the corrected counts per pixel, sigma its standard error, count the number of pixels."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:done",
            " 1:run failed",
            " 2:usage",
            "69:--backend opencl, and no device",
            "74:a file cannot be used or written, or does not fit the others",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline integrate --poni ceria.poni ceria.h5 > ceria.csv",
            "  emberline integrate --poni p.poni --flip-rows --mask m.tif --range 0.5,8 --npt 2000 -o p.nxs p.tif",
            "  emberline integrate --poni p.poni --unit 2th_deg --split bbox --polarization 0.99 p.tif",
        })
final class IntegrateCommand implements Callable<Integer> {
    private static final int MOST_BINS = 1_000_000;
    private static final int MOST_CELLS = 1 << 26;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The image: TIFF, HDF5, NumPy, EDF or CBF, also packed by gzip.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path file;

    @Option(
            names = "--poni",
            paramLabel = "P",
            required = true,
            description = "Geometry: PONI file of version 1, 2 or 2.1.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path poni;

    @Option(names = "--flip-rows", description = "Reverse the rows: the image's first row is the geometry's last.")
    private boolean flipRows;

    @Option(
            names = "--mask",
            paramLabel = "F",
            description = "Mask image: non-zero pixels are left out (default: none).")
    private @Nullable Path mask;

    @Option(
            names = "--dark",
            paramLabel = "F",
            description = "Dark image, counts; the mean over its frames is subtracted (default: none).")
    private @Nullable Path dark;

    @Option(
            names = "--flat",
            paramLabel = "F",
            description = "Flat image, relative response; the mean over its frames divides (default: none).")
    private @Nullable Path flat;

    @Option(
            names = "--npt",
            paramLabel = "N",
            description = "Number of bins, 1 to " + MOST_BINS + " (default: ${DEFAULT-VALUE}).")
    private int bins = 1000;

    @Option(
            names = "--range",
            paramLabel = "LO,HI",
            description =
                    "Outer edges of the first and last bin, in the chosen unit (default: from the smallest to the largest of the"
                            + " valid pixels).")
    private @Nullable String range;

    @Option(
            names = "--unit",
            paramLabel = "U",
            description =
                    "Radial unit: q_A^-1, q_nm^-1, 2th_deg, 2th_rad, r_mm or d*2_A^-2 (default: ${DEFAULT-VALUE}).")
    private String unit = RadialUnit.Q_PER_ANGSTROM.symbol();

    @Option(
            names = "--split",
            paramLabel = "HOW",
            defaultValue = "no",
            description =
                    "no: a pixel counts in the bin of its centre; bbox: it is shared among the bins that its bounding box"
                            + " covers; full: among them by its area in each (default: ${DEFAULT-VALUE}).")
    private Splitting split = Splitting.NO;

    @Option(
            names = "--polarization",
            paramLabel = "F",
            description =
                    "Polarisation factor in pyFAI's convention, -1 to 1, 0.99 for a synchrotron (default: no correction).")
    private @Nullable Double polarization;

    @Option(
            names = "--polarization-angle",
            paramLabel = "DEG",
            description = "Turn of the polarisation's main axis, as pyFAI's axis_offset but in degrees (default: 0).")
    private double polarizationAngle;

    @Option(names = "--no-solid-angle", description = "Leave out the solid-angle correction.")
    private boolean noSolidAngle;

    @Option(
            names = "--keep-negative",
            description = "Negative pixels count like others (default: they are gaps of the detector).")
    private boolean keepNegative;

    @Option(
            names = "--error",
            paramLabel = "MODEL",
            defaultValue = "poisson",
            description =
                    "Where sigma, a standard error, comes from: poisson, from the counts; azimuthal, from the scatter of the pixels"
                            + " in a bin; none, sigma stays empty (default: ${DEFAULT-VALUE}).")
    private ErrorModel error = ErrorModel.POISSON;

    @Option(names = "--dummy", paramLabel = "V", description = "Pixels of this raw value do not count (default: none).")
    private double dummy = Double.NaN;

    @Option(
            names = "--monitor",
            paramLabel = "V",
            description = "What intensities are divided by, pyFAI's normalization_factor (default: ${DEFAULT-VALUE}).")
    private double monitor = 1;

    @Option(
            names = "--azimuth",
            paramLabel = "LO,HI",
            description =
                    "Only pixels in this range of azimuths, degrees in pyFAI's convention, HI above LO by at most 360 (default:"
                            + " all).")
    private @Nullable String azimuth;

    @Option(
            names = "--cake",
            paramLabel = "N",
            description =
                    "Radius by azimuth with N sectors instead of a pattern, as NXazint2d; needs -o with .h5 or .nxs (default: a"
                            + " pattern).")
    private @Nullable Integer cake;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "auto, opencl or cpu; auto is the CPU here, which has done one image before a device is opened (default:"
                            + " ${DEFAULT-VALUE}).")
    private Backend backend = Backend.AUTO;

    @Option(
            names = "--dataset",
            paramLabel = "PATH",
            description = "Path of the dataset in an HDF5 file (default: the one that holds images).")
    private @Nullable String dataset;

    @Option(
            names = "--module",
            paramLabel = "FILE",
            description = {
                "Another module of the detector, put together with FILE where the files say that the modules are; once for each (default:"
                        + " FILE is the whole image)."
            })
    private List<Path> modules = List.of();

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "Which image of a file with several, counted from 0 (default: ${DEFAULT-VALUE}).")
    private int frame;

    @Option(
            names = "-o",
            paramLabel = "OUT",
            description =
                    "Output, replaced as a whole when it exists: NXazint1d when it ends in .h5 or .nxs, otherwise CSV (default:"
                            + " CSV to stdout).")
    private @Nullable Path output;

    @Override
    public Integer call() throws Exception {
        RadialUnit radialUnit = radialUnit();
        double[] ends = checkedOptions();
        if (output != null) {
            PatternOutput.requirePlace(output);
        }
        Attempts attempts = new Attempts();
        Geometry geometry = attempts.attempt(() -> Shapes.read(poni));
        FrameFile opened = attempts.attempt(this::open);
        try (FrameFile image = opened) {
            attempts.finish();
            integrate(Objects.requireNonNull(image), Objects.requireNonNull(geometry), radialUnit, ends);
        } catch (IllegalArgumentException e) {
            // The options are sound by themselves: it is the files that do not go with them.
            throw new IOException(file + " with " + poni + ": " + e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    private FrameFile open() throws IOException {
        if (modules.isEmpty()) {
            return FrameFiles.open(file, dataset);
        }
        List<Path> all = new ArrayList<>(List.of(file));
        all.addAll(modules);
        return FrameFiles.openModules(all, dataset);
    }

    private void integrate(FrameFile image, Geometry poniGeometry, RadialUnit radialUnit, double[] ends)
            throws IOException, UsageException, ConfigException {
        if (frame >= image.frames()) {
            throw new UsageException(
                    "--frame " + frame + ": " + file + " has " + image.frames() + " images, counted from 0");
        }
        Geometry geometry = Shapes.fit(poniGeometry, image.rows(), image.columns(), file);
        Plans.Images images = Plans.Images.read(mask, dark, flat, geometry.detector());
        try (Arena arena = Arena.ofShared()) {
            MemorySegment pixels = arena.allocate(image.frameBytes(), 64);
            image.read(frame, pixels);
            RadialAxis axis = axis(geometry, radialUnit, ends, validity(image, pixels, images.mask()));
            IntegrationPlan plan = plan(geometry, image, axis, images);
            Reducers.Opened opened = Reducers.open(backend == Backend.AUTO ? Backend.CPU : backend, plan);
            try (var reducer = opened.reducer()) {
                spec.commandLine().getErr().println(opened.reason());
                Reduction pattern = Reduction.of(plan);
                reducer.reduce(pixels, monitor, pattern);
                PatternOutput.write(
                        pattern, plan, file, poni, output, spec.commandLine().getOut());
            }
        }
    }

    private RadialUnit radialUnit() throws UsageException {
        return RadialUnit.ofSymbol(unit)
                .orElseThrow(() -> new UsageException("--unit " + unit + " is not known, known are "
                        + Arrays.stream(RadialUnit.values())
                                .map(RadialUnit::symbol)
                                .toList()));
    }

    /** The ends of the range, both NaN when none was given. */
    private double[] checkedOptions() throws UsageException {
        if (bins < 1 || bins > MOST_BINS) {
            throw new UsageException("--npt must lie in 1.." + MOST_BINS + ", is " + bins);
        }
        if (frame < 0) {
            throw new UsageException("--frame must not be negative, is " + frame);
        }
        if (polarization != null && !(polarization >= -1 && polarization <= 1)) {
            throw new UsageException("--polarization must lie in -1..1, is " + polarization);
        }
        if (!(monitor > 0) || Double.isInfinite(monitor)) {
            throw new UsageException("--monitor must be finite and positive, is " + monitor);
        }
        if (cake != null && (cake < 1 || (long) cake * bins > MOST_CELLS)) {
            throw new UsageException("--cake must be 1 or more, with at most " + MOST_CELLS + " cells, is " + cake);
        }
        if (cake != null && (output == null || !PatternOutput.isHdf5(output))) {
            throw new UsageException("--cake needs -o with a file that ends in .h5 or .nxs");
        }
        return range == null ? new double[] {Double.NaN, Double.NaN} : ends("--range", range);
    }

    private static double[] ends(String option, String range) throws UsageException {
        String[] texts = range.split(",", -1);
        try {
            if (texts.length == 2) {
                double[] ends = {Double.parseDouble(texts[0]), Double.parseDouble(texts[1])};
                if (ends[0] < ends[1] && Double.isFinite(ends[0]) && Double.isFinite(ends[1])) {
                    return ends;
                }
            }
        } catch (NumberFormatException e) {
            // answered below together with a wrong number or order of ends
        }
        throw new UsageException(option + " must be LO,HI with LO < HI, is " + range);
    }

    private Sectors sectors() throws UsageException {
        double[] ends = azimuth == null ? new double[] {-180, 180} : ends("--azimuth", azimuth);
        try {
            AzimuthalAxis axis = new AzimuthalAxis(cake == null ? 1 : cake, ends[0], ends[1]);
            return new Sectors(axis, cake != null, List.of(), RingFilter.NONE);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--azimuth " + azimuth + ": " + e.getMessage());
        }
    }

    private IntegrationPlan plan(Geometry geometry, FrameFile image, RadialAxis axis, Plans.Images images)
            throws UsageException {
        double factor = polarization == null ? Double.NaN : polarization;
        return new IntegrationPlan(
                geometry,
                image.format(),
                flipRows,
                axis,
                split,
                new Corrections(
                        !noSolidAngle,
                        factor,
                        polarizationAngle,
                        images.dark(),
                        images.darkVariance(),
                        images.flat(),
                        images.mask()),
                error,
                rules(),
                sectors());
    }

    private PixelRules rules() {
        return new PixelRules(keepNegative, Double.POSITIVE_INFINITY, false, dummy, 0);
    }

    /** The static mask together with the pixels that are invalid in this very image. */
    private boolean[] validity(FrameFile image, MemorySegment pixels, boolean @Nullable [] masked) {
        boolean[] invalid = masked == null ? new boolean[image.rows() * image.columns()] : masked.clone();
        PixelRules rules = rules();
        for (int i = 0; i < invalid.length; i++) {
            double value = image.format().read(pixels, i);
            invalid[i] |= !rules.valid(value);
        }
        return invalid;
    }

    private RadialAxis axis(Geometry geometry, RadialUnit radialUnit, double[] ends, boolean[] invalid) {
        if (!Double.isNaN(ends[0])) {
            return new RadialAxis(radialUnit, bins, ends[0], ends[1]);
        }
        RadialRange valid = RadialRange.ofPixels(geometry, radialUnit, flipRows, invalid);
        return new RadialAxis(radialUnit, bins, valid.lower(), valid.upper());
    }
}
