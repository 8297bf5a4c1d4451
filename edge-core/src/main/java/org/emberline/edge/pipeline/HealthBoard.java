package org.emberline.edge.pipeline;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.emberline.edge.pipeline.Snapshot.Condition;
import org.emberline.edge.pipeline.Snapshot.StationView;

/** How each part of the appliance stands, since when, and why. Who knows reports; what is reported again changes nothing. Any thread. */
public final class HealthBoard {
    private final LongSupplier utcNanos;
    private final Map<StationView.Name, StationView> stations = new EnumMap<>(StationView.Name.class);

    /** @param utcNanos now, nanoseconds since the Unix epoch */
    public HealthBoard(LongSupplier utcNanos) {
        this.utcNanos = utcNanos;
    }

    /** A part stands like this, for that reason, in one line. */
    public synchronized void report(StationView.Name name, Condition condition, String reason) {
        StationView known = stations.get(name);
        if (known == null || known.condition() != condition || !known.reason().equals(reason)) {
            stations.put(name, new StationView(name, condition, utcNanos.getAsLong(), reason));
        }
    }

    /** Now, on the scale of {@link StationView#sinceNanos}. */
    long now() {
        return utcNanos.getAsLong();
    }

    /** In the order of {@link StationView.Name}; those that nobody has reported are not in it. */
    public synchronized List<StationView> view() {
        return List.copyOf(stations.values());
    }
}
