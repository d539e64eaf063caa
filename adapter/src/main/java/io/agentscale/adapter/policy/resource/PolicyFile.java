// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.schedule.Calendars;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.schedule.HolidayCalendar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the policies of a YAML file of any number of documents. ConfigMaps in it with the label
 * {@code agentscale.io/calendar} are calendars its policies may name; objects of other kinds are
 * passed over.
 */
public final class PolicyFile {
  private static final String CONFIG_MAP = "ConfigMap";

  private PolicyFile() {}

  /**
   * Reads a file.
   *
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem of every policy
   * @throws IOException if it cannot be read
   */
  public static List<PolicyDefinition> read(Path file) throws IOException {
    return read(file, Map.of());
  }

  /**
   * Reads a file.
   *
   * @param calendars by the names policies of any namespace may use beside the file's own
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem of every policy
   * @throws IOException if it cannot be read
   */
  public static List<PolicyDefinition> read(
      Path file, Map<String, ? extends HolidayCalendar> calendars) throws IOException {
    return parse(file.toString(), YamlDocument.directory(file), YamlDocument.text(file), calendars);
  }

  /**
   * Reads a text.
   *
   * @param file the name to report problems under
   * @param directory what relative paths are relative to
   * @param calendars by the names policies of any namespace may use beside the text's own
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem of every policy
   */
  public static List<PolicyDefinition> parse(
      String file, Path directory, String text, Map<String, ? extends HolidayCalendar> calendars) {
    CalendarMaps maps = new CalendarMaps();
    YamlDocument.parseAll(file, directory, text, document -> calendar(document, maps));
    PolicyReader reader =
        new PolicyReader(namespace -> either(calendars, maps.in(namespace)), false, false);
    Map<PolicyKey, Integer> lines = new HashMap<>();
    return YamlDocument.parseAll(file, directory, text, document -> policy(document, reader, lines))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<PolicyDefinition> policy(
      YamlMapping document, PolicyReader reader, Map<PolicyKey, Integer> lines) {
    if (!kind(document).equals(Optional.of(ScalingPolicy.KIND))) {
      document.ignoreOthers();
      return Optional.empty();
    }
    PolicyDefinition policy = reader.policy(document);
    Integer first = lines.putIfAbsent(policy.key(), document.location().line());
    if (first != null) {
      document.refuse(
          "metadata.name",
          "must be used once in a namespace, was: %s, as in line %d"
              .formatted(policy.key(), first));
    }
    return Optional.of(policy);
  }

  private static Calendars either(
      Map<String, ? extends HolidayCalendar> given, Calendars ofTheFile) {
    return name -> {
      HolidayCalendar calendar = given.get(name);
      return calendar == null ? ofTheFile.named(name) : calendar;
    };
  }

  private static boolean calendar(YamlMapping document, CalendarMaps maps) {
    boolean isConfigMap = kind(document).equals(Optional.of(CONFIG_MAP));
    if (isConfigMap) {
      Map<String, String> data = document.map("data", YamlValue::string);
      document
          .section("metadata", PolicyFile::id)
          .flatMap(id -> id)
          .ifPresent(id -> maps.put(id, data));
    }
    document.ignoreOthers();
    return isConfigMap;
  }

  private static Optional<CalendarMaps.Id> id(YamlMapping metadata) {
    String namespace =
        metadata.optional("namespace", YamlValue::string).orElse(PolicyReader.DEFAULT_NAMESPACE);
    Optional<String> name = metadata.optional("name", YamlValue::string);
    boolean isCalendar = metadata.map("labels", YamlValue::string).containsKey(CalendarMaps.LABEL);
    metadata.ignoreOthers();
    return name.filter(_ -> isCalendar).map(n -> new CalendarMaps.Id(namespace, n));
  }

  private static Optional<String> kind(YamlMapping document) {
    return document.optional("kind", YamlValue::string);
  }
}
