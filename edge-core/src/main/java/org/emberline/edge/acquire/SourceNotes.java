package org.emberline.edge.acquire;

/** Where a live source says what happens to it. Called on any thread; must not hold it up. */
@FunctionalInterface
public interface SourceNotes {

    /**
     * @param kind names the kind of event, in capitals: {@code DETECTOR_LOST}
     * @param text one line
     */
    void note(String kind, String text);
}
