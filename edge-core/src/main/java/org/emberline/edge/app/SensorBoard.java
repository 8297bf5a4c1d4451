package org.emberline.edge.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.Trigger;
import org.jspecify.annotations.Nullable;

/** The newest that thermocouples and trigger line have said. Written by their threads, each channel by one; read by any. */
final class SensorBoard {
    private final List<Channel> channels;
    private volatile Edges edges = new Edges(0, 0, 0);

    /**
     * The edges so far.
     *
     * @param seen delivered
     * @param next index of the one to come: more than {@code seen} by those that were lost
     * @param latestNanos time of the latest, nanoseconds since the Unix epoch; 0 before the first
     */
    record Edges(long seen, long next, long latestNanos) {

        long lost() {
            return next - seen;
        }

        private Edges with(Trigger trigger) {
            return new Edges(seen + 1, trigger.index() + 1, trigger.timestampNanos());
        }
    }

    private static final class Channel {
        private final AtomicReference<Optional<Fault>> begun = new AtomicReference<>(Optional.empty());
        private volatile @Nullable ThermocoupleReading latest;
    }

    SensorBoard(int channels) {
        this.channels = Stream.generate(Channel::new).limit(channels).toList();
    }

    void accept(ThermocoupleReading reading) {
        Channel channel = channels.get(reading.channel());
        ThermocoupleReading before = channel.latest;
        channel.latest = reading;
        if (reading instanceof Fault fault && !(before instanceof Fault same && same.kind() == fault.kind())) {
            channel.begun.set(Optional.of(fault));
        }
    }

    void accept(Trigger trigger) {
        edges = edges.with(trigger);
    }

    /** The newest reading of a channel, or null before its first. */
    @Nullable
    ThermocoupleReading latest(int channel) {
        return channels.get(channel).latest;
    }

    /** The latest fault that began, or became another, since this was asked before. */
    Optional<Fault> takeBegun(int channel) {
        return channels.get(channel).begun.getAndSet(Optional.empty());
    }

    Edges edges() {
        return edges;
    }
}
