package org.emberline.firmware.sampling;

import java.util.List;
import java.util.Locale;
import org.emberline.firmware.sampling.Bus.Answer;
import org.emberline.firmware.sampling.Bus.Question;
import org.emberline.firmware.sampling.ChannelSampler.Wish;
import org.emberline.firmware.sampling.Probe.Sample;
import org.jspecify.annotations.Nullable;

/** Where the channels of one bus queue: one question at a time, each in turn, none beyond its deadline. One thread. */
final class BusDesk {
    private final Bus bus;
    private final List<Integer> indices;
    private final List<ChannelSampler> channels;
    private final long deadlineNanos;
    private @Nullable Question open;
    private long askedNanos;
    private boolean overdue;
    private int turn;

    /** @param indices the channels on this bus, of all {@code channels} */
    BusDesk(Bus bus, List<Integer> indices, List<ChannelSampler> channels, long deadlineNanos) {
        this.bus = bus;
        this.indices = List.copyOf(indices);
        this.channels = channels;
        this.deadlineNanos = deadlineNanos;
    }

    /** Answers, deadlines, slots, questions, in this order. Returns when to come back at the latest. */
    long step(long nowNanos) {
        takeAnswer(nowNanos);
        checkDeadline(nowNanos);
        for (int index : indices) {
            channels.get(index).advance(nowNanos, overdue);
        }
        askNext(nowNanos);
        return wakeNanos(nowNanos);
    }

    private void takeAnswer(long nowNanos) {
        Question question = open;
        Answer answer = question == null ? null : bus.answer();
        if (question == null || answer == null) {
            return;
        }
        ChannelSampler channel = channels.get(question.channel());
        if (!overdue && answer.tookNanos() > deadlineNanos) {
            channel.overdue(deadlinePassed(question), nowNanos);
            overdue = true;
        }
        Sample sample = answer.sample();
        String failure = answer.failure();
        if (overdue) {
            channel.late(nowNanos);
        } else if (failure != null) {
            channel.failed(failure, nowNanos);
        } else if (sample != null) {
            channel.answered(sample, answer.tookNanos(), nowNanos);
        } else {
            channel.restarted();
        }
        open = null;
        overdue = false;
    }

    private void checkDeadline(long nowNanos) {
        Question question = open;
        if (question != null && !overdue && nowNanos - askedNanos > deadlineNanos) {
            overdue = true;
            channels.get(question.channel()).overdue(deadlinePassed(question), nowNanos);
        }
    }

    private String deadlinePassed(Question question) {
        return String.format(
                Locale.ROOT,
                "%s not done by its deadline deadlineNanos=%d",
                question.restart() ? "restart" : "reading",
                deadlineNanos);
    }

    private void askNext(long nowNanos) {
        for (int i = 0; i < indices.size() && open == null; i++) {
            int at = (turn + i) % indices.size();
            int index = indices.get(at);
            Wish wish = channels.get(index).wish(nowNanos);
            if (wish != Wish.NOTHING) {
                Question question = new Question(index, wish == Wish.RESTART);
                open = question;
                askedNanos = nowNanos;
                turn = at + 1;
                channels.get(index).asked();
                bus.ask(question);
            }
        }
    }

    private long wakeNanos(long nowNanos) {
        long waitNanos = open != null && !overdue ? askedNanos + deadlineNanos + 1 - nowNanos : Long.MAX_VALUE;
        for (int index : indices) {
            waitNanos = Math.min(waitNanos, channels.get(index).wakeNanos(nowNanos) - nowNanos);
        }
        return nowNanos + Math.max(0, waitNanos);
    }
}
