package org.emberline.edge.app.bench;

/** One of several ways to spend time that are compared. */
final class Candidate {
    private final Runnable round;
    private final Samples samples;

    /**
     * @param framesPerRound frames that a round works on
     * @param round one sample's work; must not allocate of its own accord
     */
    Candidate(int framesPerRound, Runnable round) {
        this.round = round;
        samples = new Samples(framesPerRound);
    }

    void round() {
        round.run();
    }

    Samples samples() {
        return samples;
    }
}
