package org.emberline.firmware.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.PullResistance;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.clock.UtcClock;
import org.jspecify.annotations.Nullable;

/**
 * A trigger line by way of Pi4J, for want of a better one. Pi4J hands on neither the kernel's time stamp nor its sequence number: an edge
 * is stamped when this process hears of it, late by as much as threads wait for the processor, and <b>a lost edge leaves no gap</b> in the
 * index. Of edges that come close together Pi4J itself drops some. {@code gpiochip} has none of this.
 */
public final class Pi4jTrigger implements TriggerInput {
    private final Context context;
    private final DigitalInput input;
    private final DigitalState active;
    private final UtcClock clock;
    private @Nullable Consumer<? super Trigger> sink;
    private long next;
    private boolean closed;

    Pi4jTrigger(Context context, String id, LineSettings settings, UtcClock clock) throws IOException {
        this.context = context;
        this.clock = clock;
        active = settings.activeLow() ? DigitalState.LOW : DigitalState.HIGH;
        input = Pi4jCall.of(settings.name(), () -> {
            DigitalInputConfig config = DigitalInput.newConfigBuilder(context)
                    .id(id)
                    .address(settings.line())
                    .pull(PullResistance.OFF)
                    .debounce((long) settings.debounceMicros())
                    .build();
            return context.din().create(config);
        });
        input.addListener(this::changed);
    }

    /** That stamps are made by this process and not by the kernel, to be told with whatever is made of them. */
    public boolean stampedInUserSpace() {
        return true;
    }

    @Override
    public synchronized void start(Consumer<? super Trigger> newSink) {
        if (closed || sink != null) {
            throw new IllegalStateException("trigger can be started once only closed=" + closed);
        }
        sink = newSink;
    }

    @Override
    public synchronized Map<String, Long> counts() {
        return Map.of("edges", next);
    }

    /** On the thread by which Pi4J watches this line. */
    private synchronized void changed(DigitalStateChangeEvent<?> event) {
        long now = System.nanoTime();
        Consumer<? super Trigger> to = sink;
        if (event.state() == active && to != null && !closed) {
            to.accept(new Trigger(next++, clock.relation().utcAt(now)));
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (context.isShutdown()) {
            return; // its end has closed all devices
        }
        context.registry().remove(input.id()); // not under the lock: it waits for the thread that delivers
    }
}
