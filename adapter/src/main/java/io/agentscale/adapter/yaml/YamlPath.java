// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Follows paths such as {@code schedules[0].replicas.floor} through what was written. */
final class YamlPath {
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

  private YamlPath() {}

  /** Returns the node a path leads to, or the last on the way to one that was not written. */
  static Node nearest(Node from, String path) {
    Node at = from;
    Matcher steps = STEP.matcher(path);
    while (steps.find()) {
      Optional<Node> next =
          steps.group(1) != null
              ? value(at, steps.group(1))
              : item(at, Integer.parseInt(steps.group(2)));
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
    return at;
  }

  private static Optional<Node> value(Node node, String key) {
    if (!(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    return mapping.getValue().stream()
        .filter(entry -> entry.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
        .map(entry -> entry.getValueNode())
        .findFirst();
  }

  private static Optional<Node> item(Node node, int index) {
    return node instanceof SequenceNode sequence && index < sequence.getValue().size()
        ? Optional.of(sequence.getValue().get(index))
        : Optional.empty();
  }
}
