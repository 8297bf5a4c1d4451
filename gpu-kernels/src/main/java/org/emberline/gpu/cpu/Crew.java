package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do one piece of work together with the caller, again and again: lane 0 is the caller, every other lane a thread of its
 * own. A call costs no heap memory; between calls the threads wait a short while busily, then asleep. One caller at a time.
 */
public final class Crew implements AutoCloseable {
    /** Looks for new work before a thread sleeps: some 50 us, a pause between two frames of a busy run. */
    private static final int SPINS = 4_000;
    /** Looks for the end of the others' work before the caller sleeps: longer, because they are at it. */
    private static final int END_SPINS = 50_000;

    /** A piece of work, told apart by its lane. */
    @FunctionalInterface
    public interface Work {
        /** Does the piece of one lane, from 0; called on that lane's thread. */
        void run(int lane);
    }

    private final Member[] members;
    private volatile boolean closed;

    /** With so many lanes, the caller's included; the threads are named after {@code name}. */
    public Crew(int lanes, String name) {
        members = new Member[lanes - 1];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member(i + 1, name);
        }
    }

    /** How many pieces the work has. */
    public int lanes() {
        return members.length + 1;
    }

    /** Whether every thread of the crew may touch the memory. */
    public boolean canAccess(MemorySegment memory) {
        return members.length == 0 || memory.isAccessibleBy(members[0].thread);
    }

    /**
     * Runs the work on every lane and returns when all are done.
     *
     * @throws RuntimeException what a lane threw, the caller's first
     */
    public void run(Work work) {
        for (Member member : members) {
            member.begin(work);
        }
        try {
            work.run(0);
        } finally {
            for (Member member : members) {
                member.awaitEnd();
            }
        }
        for (Member member : members) {
            member.rethrow();
        }
    }

    /** Ends the threads; idempotent. */
    @Override
    public void close() {
        closed = true;
        for (Member member : members) {
            LockSupport.unpark(member.thread);
        }
    }

    /** One thread. */
    private final class Member {
        private final int lane;
        private final Thread thread;
        private @Nullable Work work;
        private @Nullable Thread caller;
        private @Nullable RuntimeException failure;
        private volatile long begun;
        private volatile long ended;

        Member(int lane, String name) {
            this.lane = lane;
            thread = Thread.ofPlatform().daemon().name(name + "-" + lane).start(this::loop);
        }

        void begin(Work newWork) {
            work = newWork;
            caller = Thread.currentThread();
            begun = ended + 1;
            LockSupport.unpark(thread);
        }

        void awaitEnd() {
            for (int spin = 0; ended != begun; spin++) {
                if (spin < END_SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }

        void rethrow() {
            RuntimeException thrown = failure;
            failure = null;
            if (thrown != null) {
                throw thrown;
            }
        }

        private void loop() {
            while (awaitBegin()) {
                try {
                    if (work != null) {
                        work.run(lane);
                    }
                } catch (RuntimeException e) {
                    failure = e;
                } catch (Error e) {
                    failure = new IllegalStateException("lane " + lane + " failed: " + e, e);
                } finally {
                    ended = begun;
                    LockSupport.unpark(caller);
                }
            }
        }

        /** Whether there is work; false when the crew is closed. */
        private boolean awaitBegin() {
            for (int spin = 0; begun == ended; spin++) {
                if (closed) {
                    return false;
                }
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            return true;
        }
    }
}
