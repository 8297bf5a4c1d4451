package org.emberline.gpu.opencl;

import org.emberline.gpu.cells.CellConstants;
import org.jocl.cl_command_queue;

/**
 * What the kernels write for one frame, in words of 64 bits.
 *
 * <pre>
 * words    header: 2 per worker, saturated pixels and number of changes; rounded up to 16 words
 *          sums: long or double, as the kernel that sums says
 * changes  3 per change: group of 64 pixels, bits that changed, bits that are invalid now; each worker's begin at its first group
 * </pre>
 */
final class FrameResult {
    private static final int HEADER = 2;
    private static final int CHANGE = 3;
    private static final int HEADER_UNIT = 16;

    private final int workers;
    private final int groups;
    private final boolean looks;
    private final int headerWords;
    private final HostBuffer words;
    private final HostBuffer changes;
    private final long bytes;

    /** @param looks whether pixels can be invalid or saturated, so that header and changes mean anything */
    FrameResult(ClResources resources, long sumWords, int workers, int groups, boolean looks) {
        this.workers = workers;
        this.groups = groups;
        this.looks = looks;
        headerWords = headerWords(workers);
        bytes = (headerWords + sumWords) * Long.BYTES;
        words = new HostBuffer(resources, "result", bytes);
        changes = new HostBuffer(resources, "changes", looks ? (long) CHANGE * groups * Long.BYTES : 0);
    }

    /** Words before the sums. */
    static int headerWords(int workers) {
        return Math.ceilDiv(HEADER * workers, HEADER_UNIT) * HEADER_UNIT;
    }

    HostBuffer words() {
        return words;
    }

    HostBuffer changes() {
        return changes;
    }

    /** A sum that is an integer. */
    long integer(long index) {
        return words.integer(headerWords + index);
    }

    /** A sum that is a double. */
    double real(long index) {
        return words.real(headerWords + index);
    }

    /** A sum that is an unsigned integer of 32 bits. */
    long small(long index) {
        return words.unsigned(2L * headerWords + index);
    }

    /** Copies sums that are unsigned integers of 32 bits. */
    void copySmall(long index, int[] into) {
        words.copyUnsigned(2L * headerWords + index, into);
    }

    /** Adds {@code count} sums that are doubles. */
    void addReals(long index, double[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] += real(index + i);
        }
    }

    /** Waits for the kernels and brings header and sums to the host. */
    void read(cl_command_queue queue) {
        words.read(queue, bytes);
    }

    /** Queues that; it is done when the queue is finished. */
    void enqueueRead(cl_command_queue queue) {
        words.enqueueRead(queue);
    }

    /** One beyond the last entry of the changes. */
    private int changeEnd() {
        int end = 0;
        for (int worker = 0; worker < workers; worker++) {
            int count = (int) words.integer((long) HEADER * worker + 1);
            end = count > 0 ? firstGroup(worker) + count : end;
        }
        return end;
    }

    private int firstGroup(int worker) {
        return (int) ((long) groups * worker / workers);
    }

    /** Tells of the pixels that changed; they are fetched only when there are any, which is rare. */
    void tell(cl_command_queue queue, CellConstants constants) {
        int end = looks ? changeEnd() : 0;
        if (end == 0) {
            return;
        }
        changes.read(queue, (long) CHANGE * end * Long.BYTES);
        for (int worker = 0; worker < workers; worker++) {
            long count = words.integer((long) HEADER * worker + 1);
            for (int i = 0; i < count; i++) {
                long change = (long) CHANGE * (firstGroup(worker) + i);
                int group = (int) changes.integer(change);
                constants.change(group * Long.SIZE, changes.integer(change + 1), changes.integer(change + 2));
            }
        }
    }

    long saturated() {
        long saturated = 0;
        for (int worker = 0; looks && worker < workers; worker++) {
            saturated += words.integer((long) HEADER * worker);
        }
        return saturated;
    }
}
