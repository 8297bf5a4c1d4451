package org.emberline.gpu.opencl;

import org.emberline.gpu.cells.CellConstants;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;

/**
 * What the kernels write for one frame.
 *
 * <pre>
 * sums     long or double, as the kernel that sums says
 * header   long, 2 per worker: saturated pixels, number of changes
 * changes  long, 3 per change: group of 64 pixels, bits that changed, bits that are invalid now; each worker's begin at its first group
 * </pre>
 */
final class FrameResult {
    private static final int HEADER = 2;
    private static final int CHANGE = 3;

    private final int workers;
    private final int groups;
    private final boolean looks;
    private final HostBuffer sums;
    private final HostBuffer header;
    private final HostBuffer changes;
    private final long sumBytes;
    private final cl_event done = new cl_event();

    /** @param looks whether header and changes are written at all */
    FrameResult(ClResources resources, long sumWords, int workers, int groups, boolean looks) {
        this.workers = workers;
        this.groups = groups;
        this.looks = looks;
        sumBytes = sumWords * Long.BYTES;
        sums = new HostBuffer(resources, "sums", sumBytes);
        header = new HostBuffer(resources, "header", (long) HEADER * workers * Long.BYTES);
        changes = new HostBuffer(resources, "changes", looks ? (long) CHANGE * groups * Long.BYTES : 0);
    }

    HostBuffer sums() {
        return sums;
    }

    HostBuffer header() {
        return header;
    }

    HostBuffer changes() {
        return changes;
    }

    cl_event done() {
        return done;
    }

    /** Waits for the kernels and brings their results to the host. */
    void read(cl_command_queue queue) {
        sums.read(queue, sumBytes);
        if (looks) {
            header.read(queue, (long) HEADER * workers * Long.BYTES);
            if (changeEnd() > 0) {
                changes.read(queue, (long) CHANGE * changeEnd() * Long.BYTES);
            }
        }
    }

    /** Queues the reading of everything; {@link #done} tells when it is there. */
    void enqueueRead(cl_command_queue queue) {
        if (looks) {
            header.enqueueRead(queue, null);
            changes.enqueueRead(queue, null);
        }
        sums.enqueueRead(queue, done);
    }

    /** One beyond the last entry of the changes. */
    private int changeEnd() {
        int end = 0;
        for (int worker = 0; worker < workers; worker++) {
            int count = (int) header.integer((long) HEADER * worker + 1);
            end = count > 0 ? firstGroup(worker) + count : end;
        }
        return end;
    }

    private int firstGroup(int worker) {
        return (int) ((long) groups * worker / workers);
    }

    /** Tells of the pixels that changed. */
    void tell(CellConstants constants) {
        for (int worker = 0; looks && worker < workers; worker++) {
            long count = header.integer((long) HEADER * worker + 1);
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
            saturated += header.integer((long) HEADER * worker);
        }
        return saturated;
    }
}
