package org.emberline.edge.service;

import java.util.Map;
import java.util.function.Function;
import org.emberline.edge.pipeline.Snapshot;
import org.jspecify.annotations.Nullable;

/** A resource that is one map of names to plain values, as JSON, CBOR or text. */
final class DocumentResource extends SnapshotResource {
    private final Function<Snapshot, Map<String, @Nullable Object>> document;

    DocumentResource(
            String name,
            Description description,
            Surroundings surroundings,
            Function<Snapshot, Map<String, @Nullable Object>> document) {
        super(name, description, surroundings);
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
