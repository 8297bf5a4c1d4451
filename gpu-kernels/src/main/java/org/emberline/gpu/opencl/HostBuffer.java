package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.check;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * Memory that the device writes and the host reads, or the other way round. On a device that shares the host's memory both are one,
 * and reading copies nothing; otherwise the host has a copy.
 */
final class HostBuffer {
    private final String name;
    private final cl_mem buffer;
    private final MemorySegment host;
    private final Pointer pointer;
    private final Pointer argument;

    HostBuffer(ClResources resources, String name, long bytes) {
        this.name = name;
        host = resources.hostMemory(Math.max(bytes, Long.BYTES));
        pointer = Pointer.to(host.asByteBuffer());
        buffer = resources.shared()
                ? resources.buffer(name, CL.CL_MEM_READ_WRITE | CL.CL_MEM_USE_HOST_PTR, host.byteSize(), pointer)
                : resources.buffer(name, CL.CL_MEM_READ_WRITE, host.byteSize(), null);
        argument = Pointer.to(buffer);
    }

    /** As a kernel's argument. */
    Pointer argument() {
        return argument;
    }

    /** The memory as the host sees it. */
    MemorySegment host() {
        return host;
    }

    /** Brings the first bytes to the device. Waits for it, because the binding allocates for a copy that is only begun. */
    void write(cl_command_queue queue, long bytes) {
        int code = CL.clEnqueueWriteBuffer(queue, buffer, true, 0, bytes, pointer, 0, null, null);
        if (code != CL.CL_SUCCESS) {
            check("clEnqueueWriteBuffer(" + name + ")", code);
        }
    }

    /** Waits for what is queued and makes the first bytes readable on the host. */
    void read(cl_command_queue queue, long bytes) {
        int code = bytes > 0
                ? CL.clEnqueueReadBuffer(queue, buffer, true, 0, bytes, pointer, 0, null, null)
                : CL.CL_SUCCESS;
        if (code != CL.CL_SUCCESS) { // the words cost heap memory
            check("clEnqueueReadBuffer(" + name + ")", code);
        }
    }

    /** Queues a copy of everything to the host, which is there when the queue is finished. */
    void enqueueRead(cl_command_queue queue) {
        int code = CL.clEnqueueReadBuffer(queue, buffer, false, 0, host.byteSize(), pointer, 0, null, null);
        if (code != CL.CL_SUCCESS) {
            check("clEnqueueReadBuffer(" + name + ")", code);
        }
    }

    /** Copies floats from one on to places from {@code place} on. */
    void floats(long first, float[] into, int place, int count) {
        MemorySegment.copy(host, ValueLayout.JAVA_FLOAT, first * Float.BYTES, into, place, count);
    }

    /** Copies integers from one on to places from {@code place} on. */
    void integers(long first, int[] into, int place, int count) {
        MemorySegment.copy(host, ValueLayout.JAVA_INT, first * Integer.BYTES, into, place, count);
    }

    long integer(long index) {
        return host.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    double real(long index) {
        return host.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
    }

    long unsigned(long index) {
        return host.getAtIndex(ValueLayout.JAVA_INT, index) & 0xffff_ffffL;
    }

    /** Copies unsigned integers of 32 bits. */
    void copyUnsigned(long index, int[] into) {
        MemorySegment.copy(host, ValueLayout.JAVA_INT, index * Integer.BYTES, into, 0, into.length);
    }
}
