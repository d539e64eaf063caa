// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.adapter.hpa.InputNode.Kind;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML file with one document. */
final class YamlInput {
  private final String file;

  YamlInput(String file) {
    this.file = file;
  }

  InputNode read(String yaml) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
    try {
      Node document =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> new InvalidInputException(file + ":1", "must not be empty"));
      if (!(document instanceof MappingNode mapping)) {
        throw new InvalidInputException(file + ":" + line(document), "must be a mapping");
      }
      InputNode root = InputNode.root(file, line(document), Kind.MAPPING);
      fill(root, mapping);
      return root;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new InvalidInputException(file + ":" + line, "not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new InvalidInputException(file, "not YAML: " + e.getMessage(), e);
    }
  }

  /** Reads those of a file's documents that are of a kind; the others may be anything. */
  List<InputNode> readAll(String yaml, String kind) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
    List<InputNode> roots = new ArrayList<>();
    try {
      for (Node document : new Compose(settings).composeAllFromString(yaml)) {
        if (document instanceof MappingNode mapping && isOf(kind, mapping)) {
          InputNode root = InputNode.root(file, line(document), Kind.MAPPING);
          fill(root, mapping);
          roots.add(root);
        }
      }
      return roots;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new InvalidInputException(file + ":" + line, "not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new InvalidInputException(file, "not YAML: " + e.getMessage(), e);
    }
  }

  private static boolean isOf(String kind, MappingNode document) {
    return document.getValue().stream()
        .anyMatch(
            field ->
                field.getKeyNode() instanceof ScalarNode key
                    && key.getValue().equals("kind")
                    && field.getValueNode() instanceof ScalarNode value
                    && value.getValue().equals(kind));
  }

  private void fill(InputNode target, MappingNode mapping) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new InvalidInputException(
            file + ":" + line(tuple.getKeyNode()), "a field's name must be a text");
      }
      add(target, key.getValue(), line(key), tuple.getValueNode());
    }
  }

  private void add(InputNode target, String name, int line, Node node) {
    switch (node) {
      case MappingNode mapping -> fill(target.addCollection(name, line, Kind.MAPPING), mapping);
      case SequenceNode sequence -> {
        InputNode list = target.addCollection(name, line, Kind.LIST);
        sequence.getValue().forEach(item -> add(list, "", line(item), item));
      }
      case ScalarNode scalar -> addScalar(target, name, line, scalar);
      default ->
          throw new InvalidInputException(
              file + ":" + line(node), "aliases are not allowed, write the value out");
    }
  }

  private void addScalar(InputNode target, String name, int line, ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.INT)) {
      addInteger(target, name, line, text);
    } else if (tag.equals(Tag.FLOAT)) {
      target.addScalar(name, line, Kind.DECIMAL, text);
    } else if (tag.equals(Tag.BOOL)) {
      target.addScalar(name, line, Kind.BOOLEAN, text);
    } else if (tag.equals(Tag.NULL)) {
      target.addScalar(name, line, Kind.NULL, "null");
    } else {
      target.addScalar(name, line, Kind.TEXT, text);
    }
  }

  private void addInteger(InputNode target, String name, int line, String text) {
    try {
      target.addInteger(name, line, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          file + ":" + line + ": " + name, "must be a whole number of 64 bits, was: " + text, e);
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
