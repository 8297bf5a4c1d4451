package org.emberline.edge.app;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.edge.archive.RunArchive;
import org.emberline.edge.archive.RunEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the word that a device failed to the archive and the log; the reducer is there before the archive is. */
final class BackendSwitches implements Consumer<String> {
    private static final Logger LOG = LoggerFactory.getLogger(BackendSwitches.class);

    private volatile Supplier<@Nullable RunArchive> into = () -> null;

    void into(Supplier<@Nullable RunArchive> archive) {
        into = archive;
    }

    @Override
    public void accept(String text) {
        LOG.warn("{}", text);
        RunArchive archive = into.get();
        if (archive != null) {
            archive.event(new RunEvent(now(), "BACKEND_SWITCHED", text));
        }
    }

    private static long now() {
        Instant instant = Clock.systemUTC().instant();
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
