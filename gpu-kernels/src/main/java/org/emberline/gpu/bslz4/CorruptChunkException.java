package org.emberline.gpu.bslz4;

/** A compressed chunk that does not decode to what it must: cut off, too long, or inconsistent. One line, with the block at fault. */
public final class CorruptChunkException extends Exception {
    private static final long serialVersionUID = 1;

    public CorruptChunkException(String message) {
        super(message);
    }
}
