package org.emberline.edge.twin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ObjLongConsumer;

/**
 * The simulated microscope: any frame of a calcination as counts, with flat and dark frames. Equal settings, seed and history give equal
 * bytes, and any frame can be made alone. Successive frames take the energies in turn; the sweeps through the energies are spread evenly
 * over the run, and a frame shows the sample in the middle of its exposure. Flat and dark frames belong to the start of the run, when the flat has not drifted. Intensity at a pixel is
 * flat x blur(exp(-OD) x (1 + defocus delta laplacian(thickness))).
 *
 * <p>One thread. Scratch is made once, about 60 bytes per pixel; a frame allocates nothing but what the history does.
 */
public final class Radiograph {
    private static final long FRAME_NOISE = 44;
    private static final long FLAT_NOISE = 45;
    private static final long DARK_NOISE = 46;

    private final RadiographSettings settings;
    private final SampleHistory history;
    private final int frames;
    private final double runSeconds;
    private final RadiographSchedule schedule;
    private final DoubleUnaryOperator slump;
    private final double startCelsius;
    private final Agglomerate agglomerate;
    private final ProjectedSample sample;
    private final FlatField flat;
    private final Blur pointSpread;
    private final RadiographCamera camera;
    private final RadiographMeasures measures;
    private final double[] image;

    /**
     * @param frames into which the run is divided evenly
     * @throws IllegalArgumentException when the settings have {@link RadiographSettings#problems problems}
     */
    Radiograph(RadiographSettings settings, long seed, SampleHistory history, int frames, double runSeconds) {
        this(settings, seed, history, frames, runSeconds, _ -> 1);
    }

    /**
     * @param slump what is left in the beam of the sample's volume at a time, 1 until it slumps
     * @throws IllegalArgumentException when the settings have {@link RadiographSettings#problems problems}
     */
    Radiograph(
            RadiographSettings settings,
            long seed,
            SampleHistory history,
            int frames,
            double runSeconds,
            DoubleUnaryOperator slump) {
        this.slump = slump;
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(settings.problems().getFirst());
        }
        this.settings = settings;
        this.history = history;
        this.frames = frames;
        this.runSeconds = runSeconds;
        schedule = settings.schedule(frames, runSeconds);
        SampleState start = history.at(0);
        startCelsius = start.celsius();
        double pixel = settings.camera().pixelNanometres() * 1e-3;
        agglomerate = new Agglomerate(settings.sample(), seed, start, pixel);
        sample = new ProjectedSample(settings, agglomerate, new BariumPools(seed, start));
        flat = new FlatField(settings, seed);
        int rows = settings.camera().rows();
        int columns = settings.camera().columns();
        pointSpread = new Blur(
                rows,
                columns,
                settings.optics().blurFwhmNanometres() / settings.camera().pixelNanometres());
        camera = new RadiographCamera(settings.camera(), seed);
        image = new double[rows * columns];
        agglomerate.become(history.at(seconds(0)));
        sample.draw(0, 0, 0);
        measures = new RadiographMeasures(sample);
    }

    /** Number of radiographs of the run. */
    public int frames() {
        return frames;
    }

    public int pixels() {
        return image.length;
    }

    /** Bytes of one image. */
    public long bytes() {
        return 2L * image.length;
    }

    /** Middle of a frame's exposure, seconds since the start of the run. */
    public double seconds(long frame) {
        return schedule.middle(frame);
    }

    public double energyKev(long frame) {
        return settings.optics().energiesKev().get((int)
                (frame % settings.optics().energiesKev().size()));
    }

    /** Writes frame 0, 1, ... as little-endian U16. */
    public void expose(long frame, MemorySegment pixels) {
        expected(frame, image);
        camera.read(image, FRAME_NOISE, frame, pixels);
    }

    /** The frame without noise: expected photons per pixel, after blur. */
    void expected(long frame, double[] photons) {
        SampleState state = history.at(seconds(frame));
        draw(frame, state);
        transmission(Absorption.at(energyKev(frame)), photons);
        double progress = seconds(frame) / runSeconds;
        for (int i = 0; i < photons.length; i++) {
            photons[i] *= flat.expected(i, progress);
        }
    }

    /** One of any number of frames without a sample, little-endian U16. */
    public void flat(long index, MemorySegment pixels) {
        for (int i = 0; i < image.length; i++) {
            image[i] = flat.expected(i, 0);
        }
        camera.read(image, FLAT_NOISE, index, pixels);
    }

    /** One of any number of frames without beam, little-endian U16. */
    public void dark(long index, MemorySegment pixels) {
        Arrays.fill(image, 0);
        camera.read(image, DARK_NOISE, index, pixels);
    }

    /** The mean of the first so many {@link #flat flat frames}, row by row. */
    public float[] meanFlat(int images) {
        return mean(images, (pixels, index) -> flat(index, pixels));
    }

    /** The mean of the first so many {@link #dark dark frames}, row by row. */
    public float[] meanDark(int images) {
        return mean(images, (pixels, index) -> dark(index, pixels));
    }

    private float[] mean(int images, ObjLongConsumer<MemorySegment> expose) {
        float[] mean = new float[image.length];
        long[] sums = new long[image.length];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(bytes(), 8);
            for (long index = 0; index < images; index++) {
                expose.accept(pixels, index);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += Short.toUnsignedInt(pixels.get(RadiographCamera.PIXEL, 2L * i));
                }
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) ((double) sums[i] / images);
        }
        return mean;
    }

    /** All true values of a frame. Allocates; costs about as much as a frame. */
    public RadiographTruth truth(long frame) {
        SampleState state = history.at(seconds(frame));
        agglomerate.become(state);
        sample.draw(0, 0, 0);
        RadiographTruth.Sample shape = measures.shape(agglomerate, sample);
        RadiographTruth.Segregation segregation = new SegregationMeasures(sample).indices();
        double moved = measures.movedFraction(sample);
        draw(frame, state);
        double hundreds = (state.celsius() - startCelsius) / 100;
        return new RadiographTruth(
                frame,
                seconds(frame),
                energyKev(frame),
                shape,
                measures.mass(sample),
                moved,
                measures.movedFraction(sample),
                segregation,
                new RadiographTruth.Instrument(
                        driftX(frame, hundreds),
                        driftY(frame, hundreds),
                        settings.sample().rotationDegreesPerHundredKelvin() * hundreds,
                        flat.driftRms(seconds(frame) / runSeconds),
                        settings.camera().hotPixels()));
    }

    /** Whether a set of all energies is complete with the frame. */
    boolean endsSweep(long frame) {
        return schedule.endsSweep(frame);
    }

    /** What the image metrics would find in the frame's shadow without noise; a few tenths of a second. */
    ShadowTruth shadowTruth(long frame) {
        ShadowMeasures measured = shadowAtRest(frame);
        double radius = measured.hullRadius();
        double grain = measured.grainMicrometres();
        double ratio = measured.thinOverThick();
        double layered = agglomerate.layeredMicrometres3();
        double shrunk = shadowAtRest(schedule.firstSet()).hullRadius() / radius;
        // Squares of pixels are the camera's, wherever the sample has drifted.
        double[] spread = new ShadowMeasures(shadow(frame)).giniAndMoran();
        return new ShadowTruth(
                1 - layered / (4 * Math.PI / 3 * radius * radius * radius),
                shrunk * shrunk * shrunk,
                grain,
                ratio,
                spread[0],
                spread[1]);
    }

    private ShadowMeasures shadowAtRest(long frame) {
        agglomerate.become(history.at(seconds(frame)));
        sample.draw(0, 0, 0);
        return new ShadowMeasures(sample);
    }

    /** The sample's shadow of a frame as seen, before optics; valid until the next call. */
    ProjectedSample shadow(long frame) {
        draw(frame, history.at(seconds(frame)));
        return sample;
    }

    boolean hot(int pixel) {
        return camera.hot(pixel);
    }

    private void draw(long frame, SampleState state) {
        double hundreds = (state.celsius() - startCelsius) / 100;
        RadiographSettings.Sample movement = settings.sample();
        agglomerate.become(state);
        sample.draw(
                driftX(frame, hundreds),
                driftY(frame, hundreds),
                Math.toRadians(movement.rotationDegreesPerHundredKelvin() * hundreds));
    }

    /** Towards larger columns, micrometres: with the temperature, and steadily, through the middle of the field halfway. */
    private double driftX(long frame, double hundreds) {
        RadiographSettings.Sample movement = settings.sample();
        double steady = movement.driftPixelsPerFrame() * (frame - (frames - 1) / 2.0) * sample.pixelMicrometres();
        return movement.columnDriftMicrometresPerHundredKelvin() * hundreds + steady;
    }

    /** Towards larger rows, micrometres: with the temperature, and by as much of the field's height as has slumped. */
    private double driftY(long frame, double hundreds) {
        double slumped = 1 - slump.applyAsDouble(seconds(frame));
        return settings.sample().rowDriftMicrometresPerHundredKelvin() * hundreds
                + slumped * sample.rows() * sample.pixelMicrometres();
    }

    private void transmission(Absorption absorption, double[] transmission) {
        double[] oxide = sample.oxide();
        double[] barium = sample.barium();
        for (int i = 0; i < transmission.length; i++) {
            transmission[i] = Math.exp(-absorption.opticalDensity(oxide[i], barium[i]));
        }
        if (settings.optics().defocusMicrometres() > 0) {
            fringe(settings.optics().defocusMicrometres() * absorption.decrement(), transmission);
        }
        pointSpread.blur(transmission);
    }

    /** First order in the defocus (transport of intensity); beyond an edge of the field the sample goes on as at the edge. */
    private void fringe(double micrometres, double[] transmission) {
        double[] oxide = sample.oxide();
        int columns = sample.columns();
        double perSquare = micrometres / (sample.pixelMicrometres() * sample.pixelMicrometres());
        for (int i = 0; i < oxide.length; i++) {
            int left = i % columns > 0 ? i - 1 : i;
            int right = i % columns < columns - 1 ? i + 1 : i;
            int up = i >= columns ? i - columns : i;
            int down = i + columns < oxide.length ? i + columns : i;
            double laplacian = oxide[left] + oxide[right] + oxide[up] + oxide[down] - 4 * oxide[i];
            transmission[i] *= Math.max(0, 1 + perSquare * laplacian);
        }
    }
}
