package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.imaging.ImageShape;

/**
 * What the image metrics of a run share: worked out once per frame, whichever metric asks first.
 *
 * <pre>
 * radiograph -> field (sample, zero, noise) -> set of energies -> metal, dopant -> outline
 *                                                                             \-> reference: the first set of the run
 * </pre>
 *
 * A frame that completes no set of energies has no metal map, and every metric that needs one says why. One thread; nothing is allocated per
 * frame but a few small records.
 */
final class ImageAnalysis {
    /** Share of an uneven flat's deviation that is left in the mean over a sample: seen with waves of one to three to a field. */
    private static final double DRIFT_IN_THE_MEAN = 0.35;
    /** An empty field more uneven than this has a flat that no longer fits, unless the energies can tell the drift. */
    private static final double LARGEST_DRIFT = 0.01;

    /** Saturated detector pixels, which are left out, over pixels of the map, from which they are no longer a few hot ones. */
    private static final double TOLERATED_SATURATION = 1e-3;

    /** 2 dR / sqrt(1 - r^2 / R^2), its root mean square within 0.85 R, for dR of a quarter of a pixel: 2.66 times that. */
    private static final double BALL_MISFIT = 2.66 * 0.25;

    private final ImageMetrics.Settings settings;
    private final double pixelMicrometres;
    private final OpticalField field;
    private final EnergySet set;
    private final Materials materials;
    private final Outline outline;
    private final Reference reference;
    private final boolean[] around;
    private final BoxTable boxes;
    private long frame = -1;
    private long flags;
    private double mass;
    private double massSigma;
    private double row;
    private double column;
    private double attenuation;
    private long saturated;
    private long midNanos;

    ImageAnalysis(ImageMetrics.Settings settings, ImageShape shape, int factor) {
        this.settings = settings;
        pixelMicrometres = settings.pixelNanometres() * 1e-3 * factor;
        field = new OpticalField(shape);
        set = new EnergySet(
                shape,
                settings.absorption(),
                settings.pairGap(),
                settings.pairKelvin(),
                settings.largestShiftPixels() / factor);
        materials = new Materials(shape, Decomposition.of(settings.absorption()));
        outline = new Outline(shape);
        reference = new Reference(shape);
        around = new boolean[shape.pixels()];
        boxes = new BoxTable(shape);
    }

    /** Looks at the frame unless that is done; answers 0, or the flags that say why it has no metal map. */
    long look(FrameSlot slot) {
        if (slot.frameIndex != frame) {
            frame = slot.frameIndex;
            flags = analyse(slot);
        }
        return flags;
    }

    private long analyse(FrameSlot slot) {
        if (slot.has(FrameFlag.CORRUPT)) {
            return FrameFlag.CORRUPT.bit();
        }
        int energy = set.indexOf(slot.energyKev);
        if (energy < 0) {
            return FrameFlag.ENERGY_UNKNOWN.bit();
        }
        if (slot.image().saturatedPixels() > TOLERATED_SATURATION * field.density().length) {
            return FrameFlag.SATURATED.bit();
        }
        saturated = slot.flags & FrameFlag.SATURATED.bit();
        long trouble = field.take(slot.image());
        if (trouble != 0) {
            return trouble;
        }
        set.put(energy, field, slot.midNanos(), slot.temperatureCelsius);
        trouble = set.assemble(energy);
        if (trouble != 0) {
            return trouble;
        }
        midNanos = slot.midNanos();
        materials.solve(set);
        weigh();
        outline.measure(materials.metal(), mass, row, column, equalRadius());
        reference.compare(this);
        return 0;
    }

    /** Mass, its uncertainty, and the sample's centre. */
    private void weigh() {
        boxes.of(field.density(), field.sample());
        boxes.grown(OpticalField.MARGIN - 2, around);
        float[] metal = materials.metal();
        int columns = shape().columns();
        double sum = 0;
        double rows = 0;
        double across = 0;
        int pixels = 0;
        for (int i = 0; i < around.length; i++) {
            if (around[i]) {
                int fromTop = i / columns;
                int fromLeft = i % columns;
                sum += metal[i];
                rows += (double) metal[i] * fromTop;
                across += (double) metal[i] * fromLeft;
                pixels++;
            }
        }
        mass = sum;
        row = rows / sum;
        column = across / sum;
        attenuation = Math.exp(sumAround(materials.sum()) / set.size() / field.samplePixels() / 2);
        int empty = 0;
        for (boolean pixel : field.empty()) {
            empty += pixel ? 1 : 0;
        }
        // The zero is a mean over the empty field, and its error is that of every pixel of the sample.
        double noise =
                materials.wholeMetalNoise() * attenuation() * Math.sqrt(pixels + (double) pixels * pixels / empty);
        double drift = materials.driftRemoved() || Double.isNaN(field.drift())
                ? 0
                : DRIFT_IN_THE_MEAN
                        * field.drift()
                        / settings.absorption().getFirst().oxidePerMicrometre()
                        * pixels;
        massSigma = Math.hypot(noise, drift);
    }

    private double sumAround(float[] map) {
        double sum = 0;
        for (int i = 0; i < around.length; i++) {
            sum += around[i] ? map[i] : 0;
        }
        return sum;
    }

    private double equalRadius() {
        return Math.sqrt(field.samplePixels() / Math.PI);
    }

    ImageShape shape() {
        return reference.shape();
    }

    /** Flags that go with a number: some saturated pixels, or a flat that no longer fits while the energies cannot tell. */
    long remarks() {
        boolean drifted = !materials.driftRemoved() && field.drift() > LARGEST_DRIFT;
        return saturated | (drifted ? FrameFlag.FLAT_DRIFTED.bit() : 0);
    }

    Materials materials() {
        return materials;
    }

    OpticalField field() {
        return field;
    }

    Outline outline() {
        return outline;
    }

    Reference reference() {
        return reference;
    }

    ImageMetrics.Settings settings() {
        return settings;
    }

    /** Sum of the metal over the sample, micrometres times pixels. */
    double mass() {
        return mass;
    }

    double massSigma() {
        return massSigma;
    }

    /** The sample and a margin around it, which holds all of its blurred edge. The live array. */
    boolean[] around() {
        return around;
    }

    /** Noise of a pixel of the metal map behind the sample, where fewer photons arrive; micrometres. */
    double metalNoise() {
        return materials.metalNoise() * attenuation();
    }

    /** Likewise of the dopant map, ug/cm2. */
    double dopantNoise() {
        return materials.dopantNoise() * attenuation();
    }

    /** What each pixel behind the sample adds to the variance of the dopant's sum is the square of this, ug/cm2. */
    double wholeDopantNoise() {
        return materials.wholeDopantNoise() * attenuation();
    }

    /** Poisson: the noise of -ln T grows with 1 / sqrt(T), here of the mean density behind the sample. */
    private double attenuation() {
        return attenuation;
    }

    /**
     * What an outline that is wrong by a quarter of a pixel makes of the even ball's thickness, as the root of the mean square over the
     * inner part, micrometres: unevenness below this may be the ball's own.
     */
    double ballMisfit() {
        double radius = outline.equalRadius();
        double perPath = mass / (4 * Math.PI / 3 * radius * radius * radius);
        return BALL_MISFIT * perPath;
    }

    /** Centre of the metal, pixels; the middle of a pixel is its index. */
    double row() {
        return row;
    }

    double column() {
        return column;
    }

    double pixelMicrometres() {
        return pixelMicrometres;
    }

    long midNanos() {
        return midNanos;
    }
}
