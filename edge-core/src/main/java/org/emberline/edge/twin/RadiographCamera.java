package org.emberline.edge.twin;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Turns expected photons into counts: Poisson photons, gain, read noise, dark level and hot pixels, rounded and clipped to U16. One
 * thread; allocates nothing per image.
 */
final class RadiographCamera {
    /** Stream of {@link Noise}, of this class only. */
    private static final long HOT_PIXELS = 43;

    private static final int FULL_SCALE = 65_535;
    static final ValueLayout.OfShort PIXEL = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final RadiographSettings.Camera camera;
    private final boolean[] hot;
    private final Noise noise;

    RadiographCamera(RadiographSettings.Camera camera, long seed) {
        this.camera = camera;
        noise = new Noise(seed);
        hot = new boolean[camera.rows() * camera.columns()];
        noise.restart(HOT_PIXELS, 0);
        for (int found = 0; found < camera.hotPixels(); ) {
            int pixel = (int) (noise.uniform() * hot.length);
            found += hot[pixel] ? 0 : 1;
            hot[pixel] = true;
        }
    }

    boolean hot(int pixel) {
        return hot[pixel];
    }

    /** Writes all pixels as little-endian U16; the noise is that of one index of one stream. */
    void read(double[] expectedPhotons, long stream, long index, MemorySegment image) {
        noise.restart(stream, index);
        for (int i = 0; i < hot.length; i++) {
            image.set(PIXEL, i * 2L, (short) counts(i, expectedPhotons[i]));
        }
    }

    private int counts(int pixel, double expectedPhotons) {
        double counts = camera.darkCounts() + (hot[pixel] ? camera.hotCounts() : 0);
        if (expectedPhotons > 0) {
            counts += camera.countsPerPhoton() * Poisson.next(expectedPhotons, noise);
        }
        if (camera.readNoiseCounts() > 0) {
            counts += camera.readNoiseCounts() * noise.gaussian();
        }
        return (int) Math.max(0, Math.min(FULL_SCALE, Math.rint(counts)));
    }
}
