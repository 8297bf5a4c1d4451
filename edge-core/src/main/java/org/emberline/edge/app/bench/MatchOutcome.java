package org.emberline.edge.app.bench;

/**
 * What became of a simulated series.
 *
 * @param frames frames that came
 * @param wrongMatches frames bound to another edge than theirs, or to one although theirs was not seen, and not marked index-only
 * @param unmatched frames marked TRIGGER_MISSING though their edge was seen
 * @param indexOnly frames marked TRIGGER_INDEX_ONLY
 * @param wrongReasons edges booked under another reason than what happened to them, at least, and frames sent twice or overtaken that
 *     were not recognised as such
 * @param ledgerClosed whether every edge was booked once
 * @param nsPerFrame time of the matcher, edges included
 * @param bytesPerFrame heap memory that it took
 */
record MatchOutcome(
        String name,
        long frames,
        long wrongMatches,
        long unmatched,
        long indexOnly,
        long wrongReasons,
        boolean ledgerClosed,
        double nsPerFrame,
        double bytesPerFrame) {

    MatchOutcome costing(double nanos, double bytes) {
        return new MatchOutcome(
                name, frames, wrongMatches, unmatched, indexOnly, wrongReasons, ledgerClosed, nanos, bytes);
    }

    MatchOutcome taking(double nanos) {
        return costing(nanos, bytesPerFrame);
    }
}
