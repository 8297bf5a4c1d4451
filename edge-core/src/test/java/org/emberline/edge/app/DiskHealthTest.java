package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.emberline.edge.archive.ArchiveLimits;
import org.emberline.edge.pipeline.HealthBoard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk warns early enough to do something, at bounds that do not move with every byte. */
class DiskHealthTest {
    private static final long MEBIBYTE = 1L << 20;

    @ParameterizedTest
    @CsvSource({
        "100, 5000, OK has room",
        "100, 1000, OK has room",
        "100, 999, WARN less than 1000 MiB left",
        "100, 100, WARN less than 1000 MiB left",
        "100, 99, FAIL less than archive.minimum_free_mib=100 left",
        "0, 10, OK has room",
        "0, 9, WARN less than 10 MiB left",
        "0, 0, WARN less than 10 MiB left"
    })
    void theRoomThatIsLeftIsJudged(long minimum, long free, String said) {
        HealthBoard board = new HealthBoard(() -> 0);
        new DiskHealth(board, ArchiveLimits.ofMebibytes(0, minimum)).accept(free * MEBIBYTE);
        assertEquals(
                said,
                board.view().getFirst().condition() + " "
                        + board.view().getFirst().reason());
    }
}
