package org.emberline.edge.service;

import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.PatternView;
import org.jspecify.annotations.Nullable;

/** The latest pattern of one detector: large, so fetched block by block with an entity tag, and not observable. */
final class PatternResource extends SnapshotResource {
    private final String detector;

    PatternResource(String detector, Description description, Surroundings surroundings) {
        super(detector, description, surroundings);
        this.detector = detector;
    }

    @Override
    byte @Nullable [] represent(Snapshot snapshot, int contentFormat, boolean observing) {
        PatternView pattern = pattern(snapshot);
        if (pattern == null) {
            return null;
        }
        return contentFormat == Description.CBOR ? PatternDocument.cbor(pattern) : PatternDocument.json(pattern);
    }

    @Override
    @Nullable
    Object shown(Snapshot snapshot) {
        return pattern(snapshot);
    }

    /** Differs between runs, frames and content formats. */
    @Override
    byte @Nullable [] entityTag(Snapshot snapshot, int contentFormat) {
        PatternView pattern = pattern(snapshot);
        if (pattern == null) {
            return null;
        }
        return EntityTags.of(snapshot.run(), pattern.frameIndex(), contentFormat);
    }

    private @Nullable PatternView pattern(Snapshot snapshot) {
        return ResourceTree.detector(snapshot, detector)
                .map(DetectorView::pattern)
                .orElse(null);
    }
}
