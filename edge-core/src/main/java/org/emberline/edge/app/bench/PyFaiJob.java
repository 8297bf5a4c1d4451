package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.Detector;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;

/** A folder with all that another program needs to do the work of a plan: {@code job.json} and raw images. */
final class PyFaiJob {

    private PyFaiJob() {}

    static void write(Path folder, IntegrationPlan plan, MemorySegment frame, int repeats) throws IOException {
        RawFile.write(folder, "frame", frame.asSlice(0, plan.frameBytes()).asByteBuffer());
        write(folder, plan, repeats);
    }

    /** The same with a frame that is still compressed. */
    static void writeCompressed(Path folder, IntegrationPlan plan, MemorySegment chunk, int repeats)
            throws IOException {
        RawFile.write(folder, "chunk", chunk.asByteBuffer());
        write(folder, plan, repeats);
    }

    private static void write(Path folder, IntegrationPlan plan, int repeats) throws IOException {
        Corrections corrections = plan.corrections();
        RawFile.write(folder, "dark", Objects.requireNonNull(corrections.dark()));
        RawFile.write(folder, "flat", Objects.requireNonNull(corrections.flat()));
        RawFile.write(folder, "mask", flags(Objects.requireNonNull(corrections.mask())));
        ObjectNode job = new ObjectMapper().createObjectNode();
        geometry(job, plan.geometry());
        job.put("dtype", RawFile.dtype(plan.format()));
        job.put("npt", plan.axis().bins());
        job.put("unit", plan.axis().unit().symbol());
        job.putArray("range").add(plan.axis().lower()).add(plan.axis().upper());
        job.put("split", plan.splitting().name().toLowerCase(Locale.ROOT));
        job.put("solid_angle", corrections.solidAngle());
        job.put("polarization", corrections.polarizationFactor());
        dummy(job, plan.rules(), plan.format());
        job.put("repeats", repeats);
        new ObjectMapper().writeValue(folder.resolve("job.json").toFile(), job);
    }

    private static void geometry(ObjectNode job, Geometry geometry) {
        Detector detector = geometry.detector();
        job.put("rows", detector.rows());
        job.put("columns", detector.columns());
        job.put("pixel1", detector.pixel1Metres());
        job.put("pixel2", detector.pixel2Metres());
        job.put("dist", geometry.distanceMetres());
        job.put("poni1", geometry.poni1Metres());
        job.put("poni2", geometry.poni2Metres());
        job.put("rot1", geometry.rot1Radians());
        job.put("rot2", geometry.rot2Radians());
        job.put("rot3", geometry.rot3Radians());
        job.put("wavelength", geometry.wavelengthMetres());
    }

    /** The raw value that marks invalid pixels, where frames may have such. */
    private static void dummy(ObjectNode job, PixelRules rules, PixelFormat format) {
        if (rules.canDrop(format)) {
            job.put("dummy", BenchDetector.invalidValue(format));
        } else {
            job.putNull("dummy");
        }
    }

    private static ByteBuffer flags(boolean[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (boolean value : values) {
            bytes.put((byte) (value ? 1 : 0));
        }
        return bytes.flip();
    }
}
