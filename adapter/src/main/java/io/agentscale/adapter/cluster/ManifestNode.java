// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a manifest with its place: strict on the fields asked for, blind to all others.
 *
 * @param file named in errors
 * @param path such as {@code metadata.name}
 * @param node the value
 */
record ManifestNode(String file, String path, Node node) {

  /** Says what is wrong here. */
  InvalidManifestException invalid(String rule) {
    return new InvalidManifestException(
        "%s:%d: %s%s".formatted(file, line(), path.isEmpty() ? "" : path + ": ", rule));
  }

  /** The line the value starts in, counted from 1. */
  int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  Optional<ManifestNode> field(String name) {
    Optional<ManifestNode> found = Optional.empty();
    for (NodeTuple tuple : mapping().getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
        if (found.isPresent()) {
          throw child(name, key).invalid("must be given once");
        }
        found = Optional.of(child(name, tuple.getValueNode()));
      }
    }
    return found.filter(value -> !value.isNull());
  }

  ManifestNode required(String name) {
    return field(name).orElseThrow(() -> invalid(name + ": must be given"));
  }

  String string() {
    if (!(node instanceof ScalarNode scalar)) {
      throw invalid("must be a string, was: a " + shape());
    }
    if (!scalar.getTag().equals(Tag.STR)) {
      throw invalid("must be a string, was: " + scalar.getValue() + " (put it in quotes)");
    }
    return scalar.getValue();
  }

  String nonEmptyString() {
    String text = string();
    if (text.isEmpty()) {
      throw invalid("must not be empty");
    }
    return text;
  }

  int port() {
    if (node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getValue().matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(scalar.getValue());
      if (number >= 1 && number <= 65535) {
        return number;
      }
    }
    throw invalid("must be a number from 1 to 65535");
  }

  Map<String, String> strings() {
    Map<String, String> strings = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping().getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw invalid("must have strings as keys");
      }
      ManifestNode value = child(key.getValue(), tuple.getValueNode());
      if (strings.put(key.getValue(), value.string()) != null) {
        throw value.invalid("must be given once");
      }
    }
    return strings;
  }

  List<ManifestNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw invalid("must be a list, was: a " + shape());
    }
    List<Node> values = sequence.getValue();
    return IntStream.range(0, values.size())
        .mapToObj(i -> new ManifestNode(file, path + "[" + i + "]", values.get(i)))
        .toList();
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  private MappingNode mapping() {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw invalid("must be a mapping, was: a " + shape());
  }

  private String shape() {
    return switch (node) {
      case MappingNode _ -> "mapping";
      case SequenceNode _ -> "list";
      default -> "scalar";
    };
  }

  private ManifestNode child(String name, Node value) {
    return new ManifestNode(file, path.isEmpty() ? name : path + "." + name, value);
  }
}
