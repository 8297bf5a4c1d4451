package org.emberline.edge.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.emberline.edge.service.senml.SenmlBase;
import org.emberline.edge.service.senml.SenmlRecord;

/**
 * Fits a pack into one datagram, because observe together with block-wise transfer is where CoAP implementations disagree most.
 * As much as needed, in this order: base names (nothing is lost); sigma records go, the last first; other records go, the last
 * first. How many went is the record {@code omitted}: a GET without Observe has them all.
 */
final class NotificationPack {

    private NotificationPack() {}

    /** The bytes of the pack, at most {@code limit} of them wherever two records fit. */
    static byte[] fit(List<SenmlRecord> pack, Function<List<SenmlRecord>, byte[]> writer, int limit) {
        byte[] plain = writer.apply(pack);
        if (plain.length <= limit) {
            return plain;
        }
        byte[] bytes = writer.apply(compact(pack));
        List<SenmlRecord> kept = new ArrayList<>(pack);
        while (bytes.length > limit && kept.size() > 1) {
            kept.remove(leastNeeded(kept));
            List<SenmlRecord> cut = new ArrayList<>(kept);
            cut.add(SenmlRecord.number("omitted", "count", pack.size() - kept.size()));
            bytes = writer.apply(compact(cut));
        }
        return bytes;
    }

    private static int leastNeeded(List<SenmlRecord> records) {
        for (int i = records.size() - 1; i > 0; i--) {
            if (SenmlPacks.isSigma(records.get(i))) {
                return i;
            }
        }
        return records.size() - 1;
    }

    /** The same pack in fewer bytes: the name of a quantity becomes the base name, so that its sigma is only {@code :sigma}. */
    static List<SenmlRecord> compact(List<SenmlRecord> pack) {
        List<SenmlRecord> compact = new ArrayList<>(pack.size());
        String base = null;
        for (SenmlRecord senml : pack) {
            String name = Objects.requireNonNull(senml.name(), "packs of the service name every record");
            if (base != null && name.startsWith(base)) {
                compact.add(senml.with(senml.base(), name.substring(base.length())));
            } else {
                base = name;
                SenmlBase old = senml.base();
                SenmlBase named = new SenmlBase(base, old.time(), old.unit(), old.value(), old.sum(), old.version());
                compact.add(senml.with(named, null));
            }
        }
        return compact;
    }
}
