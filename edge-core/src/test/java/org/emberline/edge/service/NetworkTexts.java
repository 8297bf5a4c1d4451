package org.emberline.edge.service;

import java.util.List;
import org.emberline.edge.service.access.PublicKeys;

/** The readers of text that strangers send, each of which refuses in one line or answers. */
public final class NetworkTexts {

    private NetworkTexts() {}

    /** @param which 0 a history's query, 1 an observer's, 2 a key */
    public static void read(int which, String text) {
        try {
            switch (which) {
                case 0 -> HistoryQuery.parse(List.of(text.split("&", -1)));
                case 1 -> Pace.parse(List.of(text.split("&", -1)));
                case 2 -> PublicKeys.pairOfPem(text);
                default -> throw new IllegalArgumentException("no such reader");
            }
        } catch (IllegalArgumentException e) {
            // Refused, as it may be.
        }
    }
}
