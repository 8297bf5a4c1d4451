package org.emberline.edge.service;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.emberline.edge.pipeline.RunView;

/** Entity tags: of what is shown of one frame, or of a whole representation. */
final class EntityTags {

    private EntityTags() {}

    /** Differs between runs, frames and content formats. */
    static byte[] of(RunView run, long frameIndex, int contentFormat) {
        int name = 31 * run.runId().hashCode() + run.started().hashCode();
        long tag = ((long) (31 * name + contentFormat) << 32) ^ (frameIndex * 0x9E37_79B9_7F4A_7C15L);
        return ByteBuffer.allocate(Long.BYTES).putLong(tag).array();
    }

    /** Of the bytes themselves: their sum (CRC-32C) and length. */
    static byte[] of(byte[] payload) {
        CRC32C sum = new CRC32C();
        sum.update(payload);
        return ByteBuffer.allocate(Long.BYTES)
                .putInt((int) sum.getValue())
                .putInt(payload.length)
                .array();
    }
}
