package org.emberline.edge.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code manifest.json}: what lies in {@code segments/}, for programs that fetch, check or skip files without opening them. */
final class Manifest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Manifest() {}

    /**
     * Replaces the file: a reader sees the old one or the new one.
     *
     * @param facts of the run
     * @param detectors names by number
     */
    static void write(RunFolder folder, Map<String, String> facts, List<String> detectors, List<Segment> segments)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("run", facts.get("run"));
        root.put("run_uuid", facts.get("run_uuid"));
        ArrayNode array = root.putArray("segments");
        for (Segment segment : segments) {
            ObjectNode node = array.addObject();
            node.put("file", segment.file());
            node.put("detector", detectors.get(segment.detector()));
            node.put("frames", segment.frames());
            node.put("first_frame", segment.firstFrame());
            node.put("last_frame", segment.lastFrame());
            node.put("start_ns", segment.startNanos());
            node.put("stop_ns", segment.stopNanos());
            node.put("bytes", segment.bytes());
            node.put("sha256", segment.sha256());
            node.put("dtype", segment.dtype());
            ArrayNode chunk = node.putArray("chunk");
            Pattern.compile("x")
                    .splitAsStream(segment.chunk())
                    .filter(side -> !side.isEmpty())
                    .forEach(side -> chunk.add(Integer.parseInt(side)));
        }
        PartFile part = new PartFile(folder.path().resolve("manifest.json"));
        Files.write(part.path(), (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8));
        part.commit();
    }
}
