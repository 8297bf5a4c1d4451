package org.emberline.edge.fuzz;

import org.emberline.edge.acquire.FuzzedFiles;

/** The readers of image files; the entry is Jazzer's. */
public final class FileFuzz {

    private FileFuzz() {}

    /** @param input a file, whose first bytes choose the reader */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFiles.read(input);
    }
}
