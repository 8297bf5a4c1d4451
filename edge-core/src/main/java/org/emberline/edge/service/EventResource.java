package org.emberline.edge.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.californium.core.coap.CoAP;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.EventView;
import org.jspecify.annotations.Nullable;

/**
 * {@code /events}: what has happened to the run lately, numbered from 1, the newest last. Notifications are confirmable, for nobody may miss an
 * alarm; each has as many of the newest as fit a datagram, so that a gap in the numbers says what to ask for.
 */
final class EventResource extends SnapshotResource {

    EventResource(Surroundings surroundings) {
        super("events", new Description("Latest events", "ember.events", Description.DOCUMENT, true), surroundings);
        setObserveType(CoAP.Type.CON);
    }

    @Override
    byte[] represent(Snapshot snapshot, int contentFormat, boolean observing) {
        List<EventView> latest = snapshot.events().latest();
        byte[] whole = write(snapshot, latest, contentFormat);
        int from = 0;
        while (observing && whole.length > CaliforniumSettings.DATAGRAM_PAYLOAD_BYTES) {
            from++;
            whole = write(snapshot, latest.subList(from, latest.size()), contentFormat);
        }
        return whole;
    }

    private static byte[] write(Snapshot snapshot, List<EventView> events, int contentFormat) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("count", snapshot.events().count());
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        for (EventView event : events) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("n", event.number());
            entry.put("t", Documents.unixSeconds(event.nanos()));
            entry.put("kind", Documents.line(event.kind()));
            entry.put("text", Documents.line(event.text()));
            entries.add(entry);
        }
        document.put("events", entries);
        return Documents.write(document, contentFormat);
    }

    @Override
    Object shown(Snapshot snapshot) {
        return snapshot.events().count();
    }

    @Override
    byte[] entityTag(Snapshot snapshot, int contentFormat) {
        return EntityTags.of(snapshot.run(), snapshot.events().count(), contentFormat);
    }
}
