package org.emberline.edge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.emberline.edge.acquire.ImageSelection;
import org.emberline.edge.acquire.InputException;
import org.emberline.edge.app.FlatfieldFiles.Images;
import org.emberline.edge.archive.ImageOutput;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Devices;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImageReducers;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flatfield}: radiographs to transmission or optical density, by the same kernels as a run. */
@Command(
        name = "flatfield",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Corrects radiographs by dark and flat.",
            "Transmission is (raw - dark) / (flat - dark), optical density minus its natural logarithm. All images of all files go into"
                    + " one output, in order.",
            "An NXtomo FILE with /ENTRY/instrument/detector/image_key (0 projection, 1 flat, 2 dark, 3 invalid), also in a subentry,"
                    + " brings its own darks and flats; its projections are corrected.",
            "Of the pixels, summed over all images, unlit ones are at or below their dark or no numbers: their transmission is 0 or less,"
                    + " an optical density they do not have. Dead ones have a flat that is not above the dark. NaN is written where no"
                    + " pixel has a value."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:done",
            " 1:run failed",
            " 2:usage",
            "69:--backend opencl, and no device",
            "74:a file cannot be used or written, or does not fit the others, or no pixel of any image has a value",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline flatfield --dark dark.tif --flat flat.tif -o t.tif raw_*.tif",
            "  emberline flatfield --dark d.h5 --flat f.h5 --quantity od -o od.nxs scan.h5",
            "  emberline flatfield --bin 2 --scale rim -o t.tif nxtomo.nxs",
        })
final class FlatfieldCommand implements Callable<Integer> {
    private static final int LARGEST_BIN = 64;
    /** Nobody looks at the histogram; a plan must have one. */
    private static final HistogramBins NO_HISTOGRAM = new HistogramBins(0, 1, 1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Mixin
    private FlatfieldFiles files = new FlatfieldFiles();

    @Option(
            names = "--quantity",
            paramLabel = "Q",
            defaultValue = "transmission",
            description =
                    "transmission, as other flat-field corrections give it, or od, optical density (default: ${DEFAULT-VALUE}).")
    private FlatfieldQuantity quantity = FlatfieldQuantity.TRANSMISSION;

    @Option(
            names = "--bin",
            paramLabel = "N",
            description = "Detector pixels per output pixel along each axis, 1 to " + LARGEST_BIN
                    + ": the mean of the quantity over those that have one. Rows and columns left over at the far edges are"
                    + " dropped (default: ${DEFAULT-VALUE}).")
    private int bin = 1;

    @Option(
            names = "--saturation",
            paramLabel = "COUNTS",
            description = "Raw pixels of so many counts or more are left out (default: none).")
    private double saturation = Double.POSITIVE_INFINITY;

    @Option(
            names = "--scale",
            paramLabel = "HOW",
            defaultValue = FlatfieldScale.NONE,
            converter = FlatfieldScale.Converter.class,
            description =
                    "Match the flat to each image's beam, by one factor: none; rim, the median optical density of the outer"
                            + " twentieth becomes 0; region=ROW,COL,ROWS,COLS, the mean over that empty part of the raw image does,"
                            + " counted from 0 (default: ${DEFAULT-VALUE}).")
    private FlatfieldScale scale = new FlatfieldScale(FlatfieldScale.NONE, null);

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "auto, opencl or cpu; auto is the CPU here, which needs no device to be found first (default: ${DEFAULT-VALUE}).")
    private Backend backend = Backend.AUTO;

    @Option(names = "--json", description = "The summary as one JSON object; for machines.")
    private boolean json;

    @Option(
            names = "-o",
            paramLabel = "OUT",
            required = true,
            description =
                    "Output, replaced as a whole when it exists: TIFF of float32, a page an image, when it ends in .tif or .tiff;"
                            + " HDF5 with /entry/data/data (image, row, column) when in .h5 or .nxs.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path output;

    @Override
    public Integer call() throws Exception {
        ImageOutput.Kind kind = checkedOptions();
        Images images = files.open();
        ImageSelection first = images.projections().getFirst();
        int smaller = Math.min(first.rows(), first.columns());
        if (bin > smaller) {
            throw new UsageException("--bin " + bin + " is more than the images of " + first.file() + " have: "
                    + first.rows() + "x" + first.columns() + " (rows x columns)");
        }
        ImagingPlan plan = plan(images);
        requireUsablePixels(plan, images);
        PrintWriter err = spec.commandLine().getErr();
        try (ImageReducer reducer = reducer(plan).reducer();
                ImageOutput out = ImageOutput.open(output, kind, contents(plan, images))) {
            FlatfieldJob job = new FlatfieldJob(reducer, quantity, err);
            FlatfieldTotals totals = job.run(images.projections(), out);
            out.commit();
            remark(totals, plan, err);
            FlatfieldSummary summary = new FlatfieldSummary(output, quantity, images, reducer, totals, job.scales());
            PrintWriter results = spec.commandLine().getOut();
            (json ? List.of(summary.json()) : summary.lines()).forEach(results::println);
        }
        return ExitCode.DONE;
    }

    private ImageOutput.Kind checkedOptions() throws UsageException, IOException {
        ImageOutput.Kind kind = ImageOutput.Kind.of(output)
                .orElseThrow(() -> new UsageException("-o " + output + ": the ending says what is written, known are "
                        + String.join(", ", ImageOutput.Kind.allEndings())));
        if (bin < 1 || bin > LARGEST_BIN) {
            throw new UsageException("--bin must lie in 1.." + LARGEST_BIN + ", is " + bin);
        }
        if (!(saturation > 0)) {
            throw new UsageException("--saturation must be positive, is " + saturation);
        }
        files.requireOther(output);
        PatternOutput.requirePlace(output);
        return kind;
    }

    private ImagingPlan plan(Images images) throws IOException, UsageException {
        ImageSelection first = images.projections().getFirst();
        ImageShape shape = new ImageShape(first.rows(), first.columns());
        boolean[] mask = files.readMask(first);
        Flatfield field = field(images);
        try {
            return new ImagingPlan(
                    shape,
                    first.format(),
                    field,
                    mask,
                    saturation,
                    bin,
                    scale.of(new ImageShape(shape.rows() / bin, shape.columns() / bin)),
                    NO_HISTOGRAM,
                    new PhotonNoise(1, Images.count(images.darks()), Images.count(images.flats())),
                    ImageDetail.FULL);
        } catch (IllegalArgumentException e) {
            // Shapes and factor are known to be right.
            throw new UsageException("--scale " + scale.text() + ": " + e.getMessage());
        }
    }

    private static Flatfield field(Images images) throws InputException {
        float[] dark = ImageSelection.mean(images.darks());
        float[] flat = ImageSelection.mean(images.flats());
        if (images.flatsAfter().isEmpty()) {
            return new Flatfield(dark, flat);
        }
        long end = FlatfieldJob.endTime(Images.count(images.projections()));
        return new Flatfield(dark, flat, 0, ImageSelection.mean(images.flatsAfter()), end);
    }

    private static void requireUsablePixels(ImagingPlan plan, Images images) throws InputException {
        if (IntStream.range(0, plan.shape().pixels()).noneMatch(plan::usable)) {
            throw new InputException(
                    images.flats().getFirst().file(),
                    "no pixel can be used: each is masked, or its flat is not above its dark in "
                            + images.darks().getFirst().file() + ", or not a number");
        }
    }

    private ImageReducers.Opened reducer(ImagingPlan plan) throws NoDeviceException {
        return backend == Backend.OPENCL
                ? ImageReducers.open(Backend.OPENCL, plan, Devices.probe())
                : ImageReducers.open(Backend.CPU, plan, new ProbeReport(List.of(), null));
    }

    private ImageOutput.Contents contents(ImagingPlan plan, Images images) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("files", names(images.projections()));
        input.put("dark", names(images.darks()));
        input.put("flat", names(images.flats()));
        if (!images.flatsAfter().isEmpty()) {
            input.put("flat_after", names(images.flatsAfter()));
        }
        Path mask = files.mask();
        if (mask != null) {
            input.put("mask", mask.toString());
        }
        input.put("bin", bin);
        if (saturation < Double.POSITIVE_INFINITY) {
            input.put("saturation", saturation);
        }
        input.put("scale", scale.text());
        return new ImageOutput.Contents(
                Images.count(images.projections()),
                plan.smallShape().rows(),
                plan.smallShape().columns(),
                quantity.word(),
                quantity.definition(),
                Emberline.VERSION,
                input);
    }

    private static List<String> names(List<ImageSelection> selections) {
        return selections.stream().map(selection -> selection.file().toString()).toList();
    }

    private static void remark(FlatfieldTotals totals, ImagingPlan plan, PrintWriter err) {
        if (totals.emptyImages() > 0) {
            err.println(totals.emptyImages() + " of " + totals.images() + " images have no pixel with a value");
        }
        if (totals.largest() > 0) {
            long largest = (long) plan.format().maximum();
            err.println(totals.largest() + " pixels have " + largest + ", the largest value of "
                    + Choice.word(plan.format()) + ", and are taken as measured; --saturation " + largest
                    + " leaves them out");
        }
    }
}
