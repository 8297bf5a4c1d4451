package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The outcome of a bench.
 *
 * @param json for machines
 * @param lines for people
 */
public record Report(ObjectNode json, List<String> lines) {

    public Report {
        lines = List.copyOf(lines);
    }
}
