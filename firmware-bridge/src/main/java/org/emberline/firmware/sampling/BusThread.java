package org.emberline.firmware.sampling;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which the probes of one bus are called. While a call does not return, nothing else happens here, and nobody waits for
 * it: the thread is a daemon and ends by itself once the call is over.
 */
final class BusThread implements Bus {
    private static final Question END = new Question(-1, false);

    private final List<SampledChannel> channels;
    private final String name;
    private final Runnable wake;
    private final BlockingQueue<Question> questions = new ArrayBlockingQueue<>(2); // one, and the end
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
    private final Thread thread;

    /**
     * @param channels of all buses
     * @param wake called on this thread when there is an answer
     */
    BusThread(String name, List<SampledChannel> channels, Runnable wake) {
        this.channels = channels;
        this.name = name;
        this.wake = wake;
        thread = Thread.ofPlatform().daemon().name("bus " + name).start(this::run);
    }

    @Override
    public void ask(Question question) {
        questions.add(question);
    }

    @Override
    public @Nullable Answer answer() {
        return answer.getAndSet(null);
    }

    /** Lets the thread close its probes and end, after the call that it is in. */
    void end() {
        questions.add(END);
    }

    /** Waits for the end, but not longer than this. Returns whether the thread has ended. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return thread.join(Duration.ofNanos(nanos));
    }

    private void run() {
        try {
            for (Question question = questions.take(); !question.equals(END); question = questions.take()) {
                answer.set(answerTo(question));
                wake.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // someone wants this thread to end: it does
        } finally {
            closeProbes();
        }
    }

    private Answer answerTo(Question question) {
        SampledChannel channel = channels.get(question.channel());
        long begin = System.nanoTime();
        try {
            if (question.restart()) {
                channel.probe().restart();
                return new Answer(null, null, System.nanoTime() - begin);
            }
            Probe.Sample sample = channel.probe().read();
            return new Answer(sample, null, System.nanoTime() - begin);
        } catch (IOException | RuntimeException e) {
            // Whatever a driver throws at us must not end the other channels of this bus; it is told as NO_RESPONSE
            // with this text.
            return new Answer(null, channel.name() + ": " + e.getMessage(), System.nanoTime() - begin);
        }
    }

    private void closeProbes() {
        for (SampledChannel channel : channels) {
            if (channel.bus().equals(name)) {
                channel.probe().close();
            }
        }
    }
}
