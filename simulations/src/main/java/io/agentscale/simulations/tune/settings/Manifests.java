// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The objects of a YAML text, to be changed in place and written again; comments are lost. */
final class Manifests {
  static final String POLICY = "ScalingPolicy";
  static final String HPA = "HorizontalPodAutoscaler";

  private final List<Map<String, Object>> objects;

  private Manifests(List<Map<String, Object>> objects) {
    this.objects = objects;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is not YAML of objects
   */
  static Manifests parse(String text) {
    List<Map<String, Object>> objects = new ArrayList<>();
    try {
      for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
        if (document != null) {
          objects.add(mapping(document, "a document"));
        }
      }
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("manifests: not YAML: " + e.getMessage(), e);
    }
    return new Manifests(objects);
  }

  /** Returns the text of all objects. */
  String text() {
    Dump dump =
        new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndent(4)
                .setIndentWithIndicator(true)
                .build());
    return objects.stream().map(dump::dumpToString).collect(Collectors.joining("---\n"));
  }

  /** Returns the spec of the first object of a kind. */
  Optional<Map<String, Object>> spec(String kind) {
    return objects.stream()
        .filter(object -> kind.equals(object.get("kind")))
        .map(object -> section(object, "spec"))
        .findFirst();
  }

  /** Adds the objects of a text after those there are. */
  Manifests and(String text) {
    List<Map<String, Object>> all = new ArrayList<>(objects);
    all.addAll(parse(text).objects);
    return new Manifests(all);
  }

  /** Returns what stands under a key, made if it is not there. */
  static Map<String, Object> section(Map<String, Object> parent, String key) {
    Object found = parent.get(key);
    Map<String, Object> section =
        found == null ? new LinkedHashMap<>() : mapping(found, "the value of " + key);
    parent.put(key, section);
    return section;
  }

  /** Returns the mappings of a list; none where there is no list. */
  static List<Map<String, Object>> list(Map<String, Object> parent, String key) {
    List<Map<String, Object>> items = new ArrayList<>();
    if (parent.get(key) instanceof List<?> list) {
      List<Object> changeable = new ArrayList<>();
      for (Object item : list) {
        Map<String, Object> mapping = mapping(item, "an item of " + key);
        changeable.add(mapping);
        items.add(mapping);
      }
      parent.put(key, changeable);
    }
    return items;
  }

  private static Map<String, Object> mapping(Object value, String what) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "manifests: " + what + " must be a mapping, was: " + value);
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    return copy;
  }
}
