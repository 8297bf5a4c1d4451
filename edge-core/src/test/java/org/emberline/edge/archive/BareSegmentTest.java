package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jhdf.HdfFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of which next to nothing is known: no thermocouple, no metric, no wavelength. Its segments open all the same. */
class BareSegmentTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aRunWithoutAnythingButPatternsOpens() throws Exception {
        DetectorLayout panel = new DetectorLayout(
                "panel",
                "cpu",
                new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.TWO_THETA_DEGREES, 7, 1, 2)),
                List.of());
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive archive = RunArchive.create(run, new RunArchive.Layout("run", 0, List.of(panel), List.of()));
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 7, 0);
        for (int frame = 0; frame < 3; frame++) {
            slot.reset(frame);
            archive.stage(0).process(slot);
        }
        archive.close();
        assertNull(archive.failure());
        try (HdfFile hdf = new HdfFile(run.path().resolve("segments/0001.nxs"))) {
            int[] shape = hdf.getDatasetByPath("/entry/data/I").getDimensions();
            assertEquals(3, shape[0]);
            assertEquals("NXazint1d", hdf.getDatasetByPath("/entry/definition").getData());
        }
    }
}
