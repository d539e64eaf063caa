// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.command.NativeRule.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a configuration with native rules in the place of those that have an equal. */
final class NativeFile {
  /** What any rule can say about its values. */
  private static final Set<String> COMMON_FIELDS =
      Set.of("backend", "onEmpty", "onNaN", "onInf", "maxAge");

  private final Dump dump =
      new Dump(
          DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build());
  private final RuleSet rules;
  private final ResourceMapper kinds;
  private final boolean selectorsUsed;
  private int converted;

  private NativeFile(RuleSet rules, ResourceMapper kinds, boolean selectorsUsed) {
    this.rules = rules;
    this.kinds = kinds;
    this.selectorsUsed = selectorsUsed;
  }

  /**
   * Returns the native file.
   *
   * @param name of the original, for the comments
   * @param text of the original
   * @param rules as read from it
   * @param selectorsUsed whether requests may come with a metric selector
   */
  static String of(
      String name, String text, RuleSet rules, ResourceMapper kinds, boolean selectorsUsed) {
    Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
    return new NativeFile(rules, kinds, selectorsUsed).text(name, (Map<?, ?>) root);
  }

  private String text(String name, Map<?, ?> root) {
    StringBuilder body = new StringBuilder();
    root.forEach(
        (key, value) -> {
          body.append('\n');
          if (key.equals("rules")) {
            rules(body, "rules", (List<?>) value, rules.objectRules());
          } else if (key.equals("externalRules")) {
            rules(body, "externalRules", (List<?>) value, rules.externalRules());
          } else {
            body.append(dump.dumpToString(Map.of(key, value)));
          }
        });
    return "# From %s: %d of %d rules are native, the others stay as they are.%n"
            .formatted(name, converted, rules.all().size())
        + body;
  }

  private void rules(StringBuilder body, String key, List<?> items, List<Rule> read) {
    body.append(key).append(items.isEmpty() ? ": []\n" : ":\n");
    for (int i = 0; i < items.size(); i++) {
      rule(body, (Map<?, ?>) items.get(i), read.get(i));
    }
  }

  private void rule(StringBuilder body, Map<?, ?> original, Rule rule) {
    int line = rule.source().at().line();
    switch (NativeRule.of(rules, rule, selectorsUsed, kinds)) {
      case Outcome.Kept(String reason) -> {
        body.append("# Line ").append(line).append(" is kept: ").append(reason).append(".\n");
        body.append(item(original));
      }
      case Outcome.Converted(List<Map<String, Object>> raw) -> {
        converted++;
        body.append("# Line ").append(line).append(":\n");
        raw.forEach(fields -> body.append(item(withCommon(fields, original))));
      }
    }
  }

  private static Map<Object, Object> withCommon(Map<String, Object> fields, Map<?, ?> original) {
    Map<Object, Object> all = new LinkedHashMap<>(fields);
    original.forEach(
        (key, value) -> {
          if (COMMON_FIELDS.contains(String.valueOf(key))) {
            all.put(key, value);
          }
        });
    return all;
  }

  private String item(Map<?, ?> fields) {
    List<String> lines = new ArrayList<>();
    dump.dumpToString(fields)
        .lines()
        .forEach(line -> lines.add((lines.isEmpty() ? "- " : "  ") + line));
    return String.join("\n", lines) + "\n";
  }
}
