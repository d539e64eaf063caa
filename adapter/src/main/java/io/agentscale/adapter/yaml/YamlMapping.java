// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

import io.agentscale.adapter.yaml.YamlDocument.AlreadyReportedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping of keys that are asked for by name; a key in the file that nobody asked for is a
 * problem.
 *
 * <p>A value that cannot be read is reported, and reading goes on as if it were absent, so that one
 * look at a file finds all of its problems.
 */
public final class YamlMapping {
  private final YamlDocument document;
  private final MappingNode node;
  private final String field;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  YamlMapping(YamlDocument document, MappingNode node, String field) {
    this.document = document;
    this.node = node;
    this.field = field;
    node.getValue().forEach(this::index);
  }

  private void index(NodeTuple entry) {
    Node key = entry.getKeyNode();
    if (!(key instanceof ScalarNode scalar)) {
      document.report(document.location(key), field, "keys must be text");
      return;
    }
    NodeTuple first = entries.putIfAbsent(scalar.getValue(), entry);
    if (first != null) {
      document.report(
          document.location(key),
          path(scalar.getValue()),
          "given twice, first in line " + document.location(first.getKeyNode()).line());
    }
  }

  /** Returns where the mapping begins. */
  public YamlLocation location() {
    return document.location(node);
  }

  /** Tells whether a key has a value, readable or not. */
  public boolean has(String key) {
    return value(key).isPresent();
  }

  /** Returns the value of a key, or nothing if it is absent, empty, or was reported. */
  public <T> Optional<T> optional(String key, Function<YamlValue, T> reader) {
    return value(key).flatMap(value -> read(value, reader));
  }

  /** As {@link #optional}, and reports an absent key. */
  public <T> Optional<T> required(String key, Function<YamlValue, T> reader) {
    Optional<YamlValue> value = value(key);
    if (value.isEmpty()) {
      document.report(location(), path(key), "is required");
    }
    return value.flatMap(present -> read(present, reader));
  }

  /** Returns the items of a list, empty if the key is absent; items reported are left out. */
  public <T> List<T> list(String key, Function<YamlValue, T> reader) {
    return optional(key, YamlValue::items).orElse(List.of()).stream()
        .flatMap(item -> read(item, reader).stream())
        .toList();
  }

  /** Returns a mapping of free keys in the order written, empty if the key is absent. */
  public <T> Map<String, T> map(String key, Function<YamlValue, T> reader) {
    return optional(key, value -> value.mapping(mapping -> mapping.all(reader))).orElse(Map.of());
  }

  /** Returns a nested mapping, or nothing if the key is absent or something in it was reported. */
  public <T> Optional<T> section(String key, Function<YamlMapping, T> reader) {
    return optional(key, value -> value.mapping(reader));
  }

  /** Takes every key not asked for as known to somebody else. */
  public void ignoreOthers() {
    known.addAll(entries.keySet());
  }

  private <T> Map<String, T> all(Function<YamlValue, T> reader) {
    Map<String, T> values = new LinkedHashMap<>();
    entries
        .keySet()
        .forEach(key -> required(key, reader).ifPresent(value -> values.put(key, value)));
    return Collections.unmodifiableMap(values);
  }

  private Optional<YamlValue> value(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key))
        .map(entry -> new YamlValue(document, entry.getValueNode(), path(key)))
        .filter(value -> !value.isNull());
  }

  private <T> Optional<T> read(YamlValue value, Function<YamlValue, T> reader) {
    try {
      return Optional.of(reader.apply(value));
    } catch (IllegalArgumentException e) {
      value.report(String.valueOf(e.getMessage()));
    } catch (AlreadyReportedException e) {
      // Its problems say it all.
    }
    return Optional.empty();
  }

  /**
   * Reports a value that is wrong only together with others. Reading goes on, to find more.
   *
   * @param below path of the value from here, such as {@code replicas.floor} or {@code exclude[1]}
   */
  public void refuse(String below, String problem) {
    Node nearest = YamlPath.nearest(node, below);
    document.report(document.location(nearest), path(below), problem);
  }

  void report(InvalidFieldException problem) {
    refuse(problem.field(), String.valueOf(problem.getMessage()));
  }

  void reportUnknownKeys() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            document.report(
                document.location(entry.getKeyNode()), path(key), Spelling.unknown(key, known));
          }
        });
  }

  private String path(String key) {
    return field.isEmpty() ? key : field + "." + key;
  }
}
