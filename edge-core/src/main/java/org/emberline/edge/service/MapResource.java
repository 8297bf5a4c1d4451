package org.emberline.edge.service;

import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.MetricMapView;
import org.jspecify.annotations.Nullable;

/** The latest map of one metric: fetched block by block with an entity tag, and not observable. */
final class MapResource extends SnapshotResource {
    private final String metric;

    MapResource(String metric, Description description, Surroundings surroundings) {
        super(metric, description, surroundings);
        this.metric = metric;
    }

    @Override
    byte @Nullable [] represent(Snapshot snapshot, int contentFormat, boolean observing) {
        MetricMapView map = map(snapshot);
        return map == null ? null : MapDocument.cbor(map);
    }

    @Override
    @Nullable
    Object shown(Snapshot snapshot) {
        return map(snapshot);
    }

    @Override
    byte @Nullable [] entityTag(Snapshot snapshot, int contentFormat) {
        MetricMapView map = map(snapshot);
        return map == null ? null : EntityTags.of(snapshot.run(), map.frameIndex(), contentFormat);
    }

    private @Nullable MetricMapView map(Snapshot snapshot) {
        return ResourceTree.maps(snapshot)
                .filter(map -> ResourceTree.segment(map.metric().name()).equals(metric))
                .findFirst()
                .orElse(null);
    }
}
