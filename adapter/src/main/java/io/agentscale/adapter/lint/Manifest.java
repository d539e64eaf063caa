// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One object of a YAML file.
 *
 * @param file as it was named
 * @param node the object, with the places of its fields
 * @param json the object, as the API server would be sent it
 */
record Manifest(String file, Node node, JsonNode json) {
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

  /** Returns the line of a field, or of the innermost part of its path that is there. */
  int line(String field) {
    Node at = node;
    int line = line(node);
    Matcher step = STEP.matcher(field);
    while (step.find()) {
      Optional<Found> found =
          step.group(1) == null
              ? item(at, Integer.parseInt(step.group(2)))
              : value(at, step.group(1));
      if (found.isEmpty()) {
        return line;
      }
      at = found.get().value;
      line = found.get().line;
    }
    return line;
  }

  private record Found(Node value, int line) {}

  private static Optional<Found> value(Node node, String name) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
          return Optional.of(new Found(entry.getValueNode(), line(key)));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> item(Node node, int index) {
    return node instanceof SequenceNode list && index < list.getValue().size()
        ? Optional.of(new Found(list.getValue().get(index), line(list.getValue().get(index))))
        : Optional.empty();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
