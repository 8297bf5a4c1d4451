package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A merge patch (RFC 7396) of a configuration that comes over the network: some keys at any time, those that say how frames are
 * measured between runs, all others never. Paths are among the last: nobody far away chooses what is read or where is written.
 *
 * @param merged the configuration with the patch
 * @param words what changes, one line
 */
public record ConfigPatch(ObjectNode merged, String words) {
    /** What may change while a run goes on. */
    public static final Set<String> AT_ANY_TIME = Set.of("coap.notify_hz", "run.snapshots_per_second");

    /** The sections whose keys may change between runs. */
    public static final Set<String> BETWEEN_RUNS = Set.of("reduce", "image", "metrics", "temperature");

    private static final int LONGEST_VALUE = 60;

    /** The patch asks for what may not be. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean later;

        RefusedException(String message, boolean later) {
            super(message);
            this.later = later;
        }

        /** Never null. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }

        /** Whether it may be between runs. */
        public boolean later() {
            return later;
        }
    }

    /**
     * Checks which keys a patch changes, and merges it; whether the values are sound is for {@link ConfigReader} to say.
     *
     * @param patch a map
     * @param running whether a run is going on or armed
     * @throws RefusedException naming the first key that may not be changed
     */
    public static ConfigPatch of(JsonNode patch, ObjectNode tree, boolean running) throws RefusedException {
        List<String> keys = new ArrayList<>();
        collect("", patch, keys);
        List<String> words = new ArrayList<>();
        for (String key : keys) {
            check(key, running);
            String pointer = "/" + key.replace('.', '/');
            words.add(key + " " + shown(tree.at(pointer)) + " -> " + shown(patch.at(pointer)));
        }
        ObjectNode merged = tree.deepCopy();
        merge(merged, (ObjectNode) patch);
        return new ConfigPatch(merged, String.join(", ", words));
    }

    private static void check(String key, boolean running) throws RefusedException {
        if (AT_ANY_TIME.contains(key)) {
            return;
        }
        String own = key.startsWith(ConfigReader.BESIDE + ".") ? key.substring(ConfigReader.BESIDE.length() + 1) : key;
        int dot = own.indexOf('.');
        boolean between =
                dot > 0 && BETWEEN_RUNS.contains(own.substring(0, dot)) && !ConfigReader.PATH_KEYS.contains(key);
        if (!between) {
            throw new RefusedException(shortened(key) + " cannot be changed from here", false);
        }
        if (running) {
            throw new RefusedException(shortened(key) + " can be changed between runs only", true);
        }
    }

    /** The full names of all that is not a map; a map without members changes nothing. */
    private static void collect(String prefix, JsonNode node, List<String> keys) {
        node.properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            if (entry.getValue().isObject()) {
                collect(key + ".", entry.getValue(), keys);
            } else {
                keys.add(key);
            }
        });
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                var _ = target.remove(entry.getKey());
            } else if (value instanceof ObjectNode inner) {
                JsonNode there = target.get(entry.getKey());
                ObjectNode section = there instanceof ObjectNode object ? object : target.putObject(entry.getKey());
                merge(section, inner);
            } else {
                target.set(entry.getKey(), value);
            }
        });
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "default" : shortened(value.toString());
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
    }
}
