package org.emberline.edge.service;

import org.emberline.edge.pipeline.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code /observers}: who listens, and what they have missed. */
final class ObserversResource extends SnapshotResource {
    private final Observers observers;

    ObserversResource(Surroundings surroundings) {
        super(
                "observers",
                new Description("Who observes", "ember.observers", Description.DOCUMENT, false),
                surroundings);
        observers = surroundings.observers();
    }

    @Override
    byte[] represent(Snapshot snapshot, int contentFormat, boolean observing) {
        return Documents.write(observers.document(), contentFormat);
    }

    @Override
    boolean isOfSnapshotOnly() {
        return false;
    }

    @Override
    @Nullable
    Object shown(Snapshot snapshot) {
        return null;
    }
}
