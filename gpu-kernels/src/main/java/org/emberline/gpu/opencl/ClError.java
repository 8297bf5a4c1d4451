package org.emberline.gpu.opencl;

import org.emberline.gpu.ReducerException;
import org.jocl.CL;
import org.jspecify.annotations.Nullable;

/** Turns the codes that OpenCL calls return into exceptions. */
final class ClError {

    private ClError() {}

    /** Throws unless the code means success. */
    static void check(String call, int code) {
        if (code != CL.CL_SUCCESS) {
            throw new ReducerException(call + " failed: " + CL.stringFor_errorCode(code));
        }
    }

    /** The object that a call made, or an exception when the code does not mean success. */
    static <T> T made(String call, @Nullable T object, int[] code) {
        check(call, code[0]);
        if (object == null) {
            throw new ReducerException(call + " failed: no object");
        }
        return object;
    }
}
