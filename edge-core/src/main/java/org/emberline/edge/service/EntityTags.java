package org.emberline.edge.service;

import java.nio.ByteBuffer;
import org.emberline.edge.pipeline.RunState;

/** Entity tags of what is shown of one frame. */
final class EntityTags {

    private EntityTags() {}

    /** Differs between runs, frames and content formats. */
    static byte[] of(RunState state, long frameIndex, int contentFormat) {
        int run = 31 * state.runId().hashCode() + state.started().hashCode();
        long tag = ((long) (31 * run + contentFormat) << 32) ^ (frameIndex * 0x9E37_79B9_7F4A_7C15L);
        return ByteBuffer.allocate(Long.BYTES).putLong(tag).array();
    }
}
