package org.emberline.edge.service;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emberline.edge.pipeline.Snapshot;
import org.jspecify.annotations.Nullable;

/** A resource that is one map of names to plain values, as JSON or CBOR. */
final class DocumentResource extends SnapshotResource {
    private final Function<Snapshot, Map<String, @Nullable Object>> document;

    DocumentResource(
            String name,
            Description description,
            Supplier<Snapshot> snapshots,
            long maxAgeSeconds,
            Function<Snapshot, Map<String, @Nullable Object>> document) {
        super(name, description, snapshots, maxAgeSeconds);
        this.document = document;
    }

    @Override
    byte[] represent(Snapshot snapshot, int contentFormat, boolean observing) {
        return Documents.write(document.apply(snapshot), contentFormat);
    }

    @Override
    Object shown(Snapshot snapshot) {
        return document.apply(snapshot);
    }
}
