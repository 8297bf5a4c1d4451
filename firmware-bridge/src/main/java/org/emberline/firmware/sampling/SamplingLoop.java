package org.emberline.firmware.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.clock.ClockRelation;

/** The duty cycle of the sampling, apart from its thread: asks what is due, takes what was answered. One thread. */
final class SamplingLoop {
    private static final long RELATION_NANOS = 10_000_000_000L;

    private final List<ChannelSampler> channels = new ArrayList<>();
    private final List<ChannelOutlet> outlets = new ArrayList<>();
    private final List<ChannelCounts> counts = new ArrayList<>();
    private final List<BusDesk> desks = new ArrayList<>();
    private final Supplier<ClockRelation> relation;
    private long relationNanos;

    /**
     * @param buses one for each name of {@link SampledChannel#bus()}, in the order of {@link #busNames}
     * @param relation is asked now and every ten seconds
     */
    SamplingLoop(
            List<SampledChannel> sampled,
            List<? extends Bus> buses,
            FaultPolicy policy,
            Supplier<ClockRelation> relation,
            Consumer<? super ThermocoupleReading> sink,
            long startNanos) {
        this.relation = relation;
        relationNanos = startNanos;
        ClockRelation now = relation.get();
        for (int i = 0; i < sampled.size(); i++) {
            ChannelCounts count = new ChannelCounts(sampled.get(i).name());
            ChannelOutlet outlet = new ChannelOutlet(i, count, sink, now);
            counts.add(count);
            outlets.add(outlet);
            channels.add(new ChannelSampler(policy, sampled.get(i).periodNanos(), outlet, count, startNanos));
        }
        List<String> names = busNames(sampled);
        for (int b = 0; b < names.size(); b++) {
            desks.add(desk(names.get(b), buses.get(b), sampled, policy));
        }
    }

    private BusDesk desk(String name, Bus bus, List<SampledChannel> sampled, FaultPolicy policy) {
        List<Integer> onBus = new ArrayList<>();
        for (int i = 0; i < sampled.size(); i++) {
            if (sampled.get(i).bus().equals(name)) {
                onBus.add(i);
            }
        }
        return new BusDesk(bus, onBus, channels, policy.deadlineNanos());
    }

    /** Each bus once, in the order of first mention. */
    static List<String> busNames(List<SampledChannel> sampled) {
        return sampled.stream().map(SampledChannel::bus).distinct().toList();
    }

    /**
     * Does all that is to be done by now.
     *
     * @return when to come back at the latest; earlier when a bus has an answer
     */
    long step(long nowNanos) {
        if (nowNanos - relationNanos >= RELATION_NANOS) {
            relationNanos = nowNanos;
            ClockRelation newer = relation.get();
            outlets.forEach(outlet -> outlet.relation(newer));
        }
        long waitNanos = RELATION_NANOS;
        for (BusDesk desk : desks) {
            waitNanos = Math.min(waitNanos, desk.step(nowNanos) - nowNanos);
        }
        return nowNanos + Math.max(0, waitNanos);
    }

    List<SamplingStatus.Channel> status() {
        return counts.stream().map(ChannelCounts::status).toList();
    }
}
