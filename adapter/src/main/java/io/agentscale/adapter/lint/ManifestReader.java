// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.adapter.yaml.YamlLocation;
import io.agentscale.adapter.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** Reads the objects of a YAML file of any number of documents; a List's items are objects too. */
final class ManifestReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Deeper than any manifest; an alias inside its own anchor has no end. */
  private static final int DEEPEST = 100;

  private final String file;
  private final List<Manifest> manifests = new ArrayList<>();

  private ManifestReader(String file) {
    this.file = file;
  }

  /**
   * Reads a text.
   *
   * @param file named in errors
   * @throws InvalidYamlException if it is not YAML, or a document is no object
   */
  static List<Manifest> read(String file, String text) {
    ManifestReader reader = new ManifestReader(file);
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(true).build();
    try {
      new Compose(settings).composeAllFromString(text).forEach(reader::document);
    } catch (MarkedYamlEngineException e) {
      throw reader.refused(e.getProblemMark().or(e::getContextMark), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw reader.refused(Optional.empty(), "not YAML: " + e.getMessage());
    }
    return reader.manifests;
  }

  private void document(Node node) {
    // "---" before the first or behind the last object makes an empty document.
    if (!node.getTag().equals(Tag.NULL)) {
      object(node);
    }
  }

  private void object(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw refused(node.getStartMark(), "must be an object with apiVersion and kind");
    }
    JsonNode json = json(node, 0);
    if (json.path("kind").asText().endsWith("List") && json.path("items").isArray()) {
      mapping.getValue().stream()
          .filter(entry -> entry.getKeyNode() instanceof ScalarNode key && isItems(key))
          .map(NodeTuple::getValueNode)
          .flatMap(items -> ((SequenceNode) items).getValue().stream())
          .forEach(this::object);
    } else {
      manifests.add(new Manifest(file, node, json));
    }
  }

  private static boolean isItems(ScalarNode key) {
    return key.getValue().equals("items");
  }

  private JsonNode json(Node node, int depth) {
    if (depth > DEEPEST) {
      throw refused(node.getStartMark(), "nested more than " + DEEPEST + " deep");
    }
    return switch (node) {
      case MappingNode mapping -> {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
          if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            throw refused(entry.getKeyNode().getStartMark(), "keys must be text");
          }
          object.set(key.getValue(), json(entry.getValueNode(), depth + 1));
        }
        yield object;
      }
      case SequenceNode sequence -> {
        ArrayNode array = JSON.arrayNode();
        sequence.getValue().forEach(item -> array.add(json(item, depth + 1)));
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw refused(node.getStartMark(), "an alias without its anchor");
    };
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getTag().equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (scalar.getTag().equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (scalar.getTag().equals(Tag.INT)) {
      try {
        return JSON.numberNode(Long.parseLong(text));
      } catch (NumberFormatException e) {
        // Too long for any field we read as a number: its reader refuses the text.
        return JSON.textNode(text);
      }
    }
    return JSON.textNode(text);
  }

  private InvalidYamlException refused(Optional<Mark> mark, String message) {
    YamlLocation at =
        mark.map(m -> new YamlLocation(file, m.getLine() + 1, m.getColumn() + 1))
            .orElseGet(() -> new YamlLocation(file, 1, 1));
    return new InvalidYamlException(List.of(new YamlProblem(at, "", message)));
  }
}
