package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MapLayout;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.frame.MetricMap;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A map stays in the slots until there is a newer one; the archive has it once, at the frame that completed it. */
@Timeout(60)
class MetricMapArchiveTest {
    private static final int SIDE = 16;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static ImagingPlan plan() {
        float[] flat = new float[SIDE * SIDE];
        Arrays.fill(flat, 1000);
        return new ImagingPlan(
                new ImageShape(SIDE, SIDE),
                PixelFormat.U16,
                new Flatfield(new float[SIDE * SIDE], flat),
                null,
                65_535,
                1,
                new FlatScaling.Rim(2),
                new HistogramBins(-1, 6, 70),
                new PhotonNoise(1, 32, 32),
                ImageDetail.FULL);
    }

    @Test
    void everyMapIsWrittenOnceWithItsFrame() throws Exception {
        MapLayout flux = new MapLayout(new ImageShape(2, 3), 8, "mg/cm/s", List.of("down", "right"));
        DetectorLayout microscope = new DetectorLayout(
                "microscope",
                "test",
                new DetectorLayout.Images(plan()),
                List.of(MetricLayout.of("porosity", "/"), new MetricLayout("flux", "", "flux/1", flux)));
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive archive = RunArchive.create(run, new RunArchive.Layout("run", 0, List.of(microscope), List.of()));
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = microscope.slot(arena);
            assertNull(slot.metricMap(0));
            MetricMap map = Objects.requireNonNull(slot.metricMap(1));
            for (int frame = 0; frame < 10; frame++) {
                slot.reset(frame);
                slot.flag(FrameFlag.CORRUPT);
                if (frame == 3 || frame == 7) {
                    for (int i = 0; i < map.values.length; i++) {
                        map.values[i] = frame + i / 100f;
                    }
                    map.frameIndex = frame;
                }
                archive.stage(0).process(slot);
            }
        }
        archive.close();
        assertNull(archive.failure());
        try (RunReader reader = new RunReader(run)) {
            assertEquals(List.of(), reader.images(0), "a corrupt radiograph is not kept");
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + run.database())) {
            List<SegmentContent.MapSeries> seen = new ArrayList<>();
            new RunImages(run, c, 0).forEach((frames, content) -> {
                assertEquals(List.of(3L, 7L), frames);
                seen.addAll(content.maps());
            });
            SegmentContent.MapSeries series = seen.getFirst();
            assertEquals(1, seen.size());
            assertEquals("flux", series.metric());
            assertEquals(List.of("down", "right"), series.planes());
            assertEquals(
                    "2 3 8 mg/cm/s",
                    series.rows() + " " + series.columns() + " " + series.factor() + " " + series.unit());
            assertEquals(List.of(3L, 7L), series.frames());
            for (int i = 0; i < 2; i++) {
                float[] values = series.values().get(i);
                assertEquals(12, values.length);
                for (int k = 0; k < 12; k++) {
                    assertEquals(series.frames().get(i) + k / 100f, values[k]);
                }
            }
        }
    }
}
