// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What prometheus-adapter was seen to do with rule configurations, where the recording is. */
public final class RecordedCases {
  static final Path FOLDER = Path.of("../../shared/vectors/metrics-api");

  private RecordedCases() {}

  /** A configuration, what Prometheus held, and what was asked. */
  public record Case(String name, String config, List<Series> series, List<Request> requests) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** One question; external ones have no resource. */
  public record Request(
      boolean external,
      String resource,
      String group,
      String namespace,
      String metric,
      List<String> names,
      String selector,
      List<Map<String, String>> vector) {}

  public static boolean exist() {
    return Files.isDirectory(FOLDER);
  }

  public static List<Case> cases() {
    // JSON is YAML.
    Object json =
        new Load(LoadSettings.builder().build()).loadFromString(text("naming-cases.json"));
    return list(json).stream().map(RecordedCases::read).toList();
  }

  /** Returns the recorded lines of each case, without the server's log. */
  static Map<String, String> expected() {
    Map<String, String> blocks = new LinkedHashMap<>();
    String name = "";
    for (String line : text("naming-expected.txt").split("\n", -1)) {
      if (line.startsWith("# ")) {
        name = line.substring(2);
        blocks.put(name, "");
      } else if (!line.startsWith("E1120")) {
        blocks.merge(name, line + "\n", String::concat);
      }
    }
    blocks.replaceAll((_, block) -> block.strip());
    return blocks;
  }

  private static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case read(Object json) {
    Map<?, ?> map = (Map<?, ?>) json;
    List<Series> series = new ArrayList<>();
    map(map.get("Series")).values().forEach(found -> addSeries(series, found));
    return new Case(
        text(map, "Name"),
        text(map, "Config"),
        series,
        list(map.get("Reqs")).stream().map(RecordedCases::request).toList());
  }

  private static void addSeries(List<Series> series, Object found) {
    for (Object one : list(found)) {
      Map<String, String> labels = new LinkedHashMap<>(strings(one));
      String name = Optional.ofNullable(labels.remove("__name__")).orElseThrow();
      series.add(new Series(name, labels.keySet()));
    }
  }

  private static Request request(Object json) {
    Map<?, ?> map = (Map<?, ?>) json;
    return new Request(
        Boolean.TRUE.equals(map.get("Ext")),
        text(map, "Resource"),
        text(map, "Group"),
        text(map, "Namespace"),
        text(map, "Metric"),
        list(map.get("Names")).stream().map(String.class::cast).toList(),
        text(map, "Selector"),
        list(map.get("Vector")).stream().map(RecordedCases::strings).toList());
  }

  private static String text(Map<?, ?> map, String key) {
    return Optional.ofNullable((String) map.get(key)).orElse("");
  }

  private static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<?, ?>) value;
  }

  private static Map<String, String> strings(Object value) {
    Map<String, String> strings = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, text) -> strings.put((String) key, (String) text));
    return strings;
  }
}
