package org.emberline.edge.service;

import java.util.List;
import java.util.function.Function;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlWriter;
import org.jspecify.annotations.Nullable;

/** A resource that is a SenML pack, as JSON, CBOR or text; an observer gets no more than one datagram. */
final class SenmlResource extends SnapshotResource {
    private final Function<Snapshot, @Nullable Object> shown;
    private final Function<Snapshot, @Nullable List<SenmlRecord>> pack;

    /**
     * @param shown the part of a snapshot whose change is news
     * @param pack its records, or null when the snapshot does not have it
     */
    SenmlResource(
            String name,
            Description description,
            Surroundings surroundings,
            Function<Snapshot, @Nullable Object> shown,
            Function<Snapshot, @Nullable List<SenmlRecord>> pack) {
        super(name, description, surroundings);
        this.shown = shown;
        this.pack = pack;
    }

    @Override
    byte @Nullable [] represent(Snapshot snapshot, int contentFormat, boolean observing) {
        List<SenmlRecord> records = pack.apply(snapshot);
        if (records == null) {
            return null;
        }
        Function<List<SenmlRecord>, byte[]> writer = switch (contentFormat) {
            case Description.TEXT -> PlainText::pack;
            case Description.SENML_CBOR -> SenmlWriter::cbor;
            default -> SenmlWriter::json;
        };
        return observing
                ? NotificationPack.fit(records, writer, CaliforniumSettings.DATAGRAM_PAYLOAD_BYTES)
                : writer.apply(records);
    }

    @Override
    @Nullable
    Object shown(Snapshot snapshot) {
        return shown.apply(snapshot);
    }
}
