package org.emberline.edge.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.observe.ObserveRelation;
import org.jspecify.annotations.Nullable;

/** All who observe a resource of the service, and what they have missed. Any thread. */
final class Observers {
    private static final int SHOWN = 32;
    private static final double NANOS = 1e9;
    private static final int MILLIS = 1000;

    private final LongSupplier nanoTime;
    private final Function<Request, String> names;
    private final Map<ObserveRelation, Observer> all = new ConcurrentHashMap<>();
    private final AtomicLong sentToGone = new AtomicLong();
    private final AtomicLong lostOfGone = new AtomicLong();

    /** @param names what to call who has sent a request */
    Observers(LongSupplier nanoTime, Function<Request, String> names) {
        this.nanoTime = nanoTime;
        this.names = names;
    }

    void joined(ObserveRelation relation, String path) {
        Request request = relation.getExchange().getRequest();
        Pace pace = Pace.parse(request.getOptions().getUriQuery());
        all.put(relation, new Observer(path, names.apply(request), pace, nanoTime.getAsLong()));
    }

    void left(ObserveRelation relation) {
        Observer gone = all.remove(relation);
        if (gone != null) {
            sentToGone.addAndGet(gone.sentCount());
            lostOfGone.addAndGet(gone.lost());
        }
    }

    @Nullable
    Observer of(@Nullable ObserveRelation relation) {
        return relation == null ? null : all.get(relation);
    }

    /** Whether somebody is to be told of something now. */
    boolean due(ObserveRelation relation, boolean changed) {
        Observer observer = all.get(relation);
        return observer != null && observer.due(nanoTime.getAsLong(), changed);
    }

    /** {@code /observers}: how many there are, and those who have missed most. */
    Map<String, @Nullable Object> document() {
        List<Observer> now = new ArrayList<>(all.values());
        now.sort(Comparator.comparingLong(Observer::lost).reversed().thenComparingLong(Observer::sinceNanos));
        long sent = sentToGone.get();
        long lost = lostOfGone.get();
        List<Object> entries = new ArrayList<>();
        for (Observer observer : now) {
            sent += observer.sentCount();
            lost += observer.lost();
            if (entries.size() < SHOWN) {
                entries.add(entry(observer));
            }
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("count", now.size());
        document.put("sent", sent);
        document.put("lost", lost);
        document.put("observers", entries);
        return document;
    }

    private Map<String, @Nullable Object> entry(Observer observer) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("path", observer.path());
        entry.put("peer", observer.peer());
        entry.put(
                "seconds",
                Math.round((nanoTime.getAsLong() - observer.sinceNanos()) / NANOS * MILLIS) / (double) MILLIS);
        entry.put("sent", observer.sentCount());
        entry.put("lost", observer.lost());
        if (observer.pace().minNanos() > 0) {
            entry.put("pmin", observer.pace().minNanos() / NANOS);
        }
        if (observer.pace().maxNanos() > 0) {
            entry.put("pmax", observer.pace().maxNanos() / NANOS);
        }
        return entry;
    }
}
