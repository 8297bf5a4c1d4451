package org.emberline.edge.service;

import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.MapView;
import org.emberline.edge.pipeline.Snapshot.PreviewView;
import org.jspecify.annotations.Nullable;

/** The latest radiograph of one detector: large, so fetched block by block with an entity tag, and not observable. */
final class PreviewResource extends SnapshotResource {
    private final String detector;

    PreviewResource(String detector, Description description, Surroundings surroundings) {
        super(detector, description, surroundings);
        this.detector = detector;
    }

    @Override
    byte @Nullable [] represent(Snapshot snapshot, int contentFormat, boolean observing) {
        PreviewView preview = preview(snapshot);
        if (preview == null) {
            return null;
        }
        return contentFormat == Description.CBOR ? PreviewDocument.cbor(preview) : png(preview);
    }

    /** Of the largest map: the publisher takes none beyond 256 pixels a side. */
    private static byte[] png(PreviewView preview) {
        MapView map = preview.maps().getFirst();
        PreviewRange range = PreviewRange.of(map.opticalDensity());
        return PreviewPng.of(map.rows(), map.columns(), map.opticalDensity(), range.low(), range.high());
    }

    @Override
    @Nullable
    Object shown(Snapshot snapshot) {
        return preview(snapshot);
    }

    @Override
    byte @Nullable [] entityTag(Snapshot snapshot, int contentFormat) {
        PreviewView preview = preview(snapshot);
        return preview == null ? null : EntityTags.of(snapshot.run(), preview.frameIndex(), contentFormat);
    }

    private @Nullable PreviewView preview(Snapshot snapshot) {
        return ResourceTree.detector(snapshot, detector)
                .map(DetectorView::preview)
                .orElse(null);
    }
}
