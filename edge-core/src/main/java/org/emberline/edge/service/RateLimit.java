package org.emberline.edge.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many requests a second of each peer, twice as many at once (a token bucket each). Of the peers only the latest thousands are
 * remembered, so that a flood of addresses costs no memory; one that is forgotten begins anew. Any thread.
 */
final class RateLimit {
    private static final int PEERS = 4096;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final LongSupplier nanoTime;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            return size() > PEERS;
        }
    };

    private static final class Bucket {
        private double tokens;
        private long filledNanos;
    }

    RateLimit(double perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Whether one more is allowed now; if so, it is counted. */
    synchronized boolean allows(Object peer) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.get(peer);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = 2 * perSecond;
            bucket.filledNanos = now;
            buckets.put(peer, bucket);
        }
        bucket.tokens = Math.min(2 * perSecond, bucket.tokens + perSecond * (now - bucket.filledNanos) / NANOS);
        bucket.filledNanos = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }
}
