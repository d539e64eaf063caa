// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.re2j.Pattern;
import io.agentscale.adapter.promql.Promql;
import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelRequirement.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Whoever may read one metric must not be able to read others: whatever names, namespaces and
 * selectors a request carries, its query has the structure that harmless ones have.
 */
final class HostileRequestTest {
  private static final int INPUTS = 20_000;
  private static final List<String> TEMPLATES =
      List.of(
          "sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)",
          "<<.Series>>{<<.LabelMatchers>>,job=\"a\"} / on (<<.GroupBy>>) up",
          "x{pod=~\"<<index .LabelValuesByName \"pod\">>\",job=\"a\"}",
          "x{pod=~'^(<<.LabelValuesByName.pod>>)$',job='a'}",
          "x{pod!=`<<.LabelValuesByName.pod>>`,job=`a`}",
          "x{<<range $k, $v := .LabelValuesByName>><<$k>>=~\"<<$v>>\",<<end>>job=\"a\"}",
          "x_<<index .LabelValuesByName \"pod\">>_total{job=\"a\"}",
          "x{job=\"a\"} + <<index .LabelValuesByName \"pod\">> * y",
          "x{pod=<<printf \"%q\" .LabelValuesByName.pod>>} # <<.LabelValuesByName.pod>>\n or y");
  private static final List<String> PARTS =
      List.of(
          "\"",
          "'",
          "`",
          "\\",
          "\n",
          "\r",
          "{",
          "}",
          "(",
          ")",
          "[5m]",
          ",",
          "=",
          "=~",
          "|",
          ".*",
          "#",
          " or ",
          " by ",
          "a",
          "web-0",
          "x=\"y\"",
          "\"} or vector(1) #",
          "\u0000",
          "\u2028",
          "é",
          "\ud83d\ude00",
          "\ud83d",
          "<<",
          ">>",
          "$",
          "^",
          "+",
          "-",
          "/*",
          "%q",
          "\\x41");

  private final SplittableRandom random = new SplittableRandom(20261121);

  /** A request as the query sees it. */
  private record Request(String namespace, List<String> names, List<LabelRequirement> selector) {

    Optional<String> query(QueryTemplate template, RuleMode mode) {
      List<LabelMatcher> matchers = new ArrayList<>();
      selector.forEach(requirement -> matchers.add(LabelMatcher.of(requirement, mode)));
      matchers.add(LabelMatcher.anyOf("namespace", List.of(namespace)));
      matchers.add(LabelMatcher.anyOf("pod", names));
      try {
        return Optional.of(template.render(new QueryArguments("x", matchers, List.of("pod"))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    /** The request with harmless words for all that it brings. */
    Request harmless() {
      return new Request(
          "ns",
          names.stream().map(_ -> "word").toList(),
          selector.stream()
              .map(r -> new LabelRequirement(harmlessKey(r), r.operator(), words(r)))
              .toList());
    }

    private static List<String> words(LabelRequirement requirement) {
      return requirement.values().stream().map(value -> "word" + value.hashCode()).toList();
    }

    /** Keys stay apart where they were apart, so that a map of them has as many entries. */
    private static String harmlessKey(LabelRequirement requirement) {
      return "k_" + LabelMatcher.sanitised(requirement.key());
    }
  }

  @ParameterizedTest
  @EnumSource(RuleMode.class)
  void hostileValues_neverChangeTheStructure(RuleMode mode) {
    List<QueryTemplate> templates =
        TEMPLATES.stream().map(source -> QueryTemplate.parse(source, mode)).toList();
    int asked = 0;
    for (int i = 0; i < INPUTS; i++) {
      QueryTemplate template = templates.get(i % templates.size());
      Request request = request(mode);
      Optional<String> query = request.query(template, mode).filter(q -> isReadable(q, mode));
      if (query.isPresent()) {
        String harmless = request.harmless().query(template, mode).orElseThrow();
        if (!structure(query.get()).equals(structure(harmless))) {
          fail("%s with %s became %s", template, request, query.get());
        }
        asked++;
      }
    }
    // Refusing everything would prove nothing.
    assertThat(asked).isGreaterThan(INPUTS / 4);
  }

  /** In compatible mode Prometheus may refuse a query; then it has no structure to speak of. */
  private static boolean isReadable(String query, RuleMode mode) {
    try {
      Promql.checkQuery(query);
      return true;
    } catch (IllegalArgumentException e) {
      if (mode == RuleMode.SAFE) {
        throw e;
      }
      return false;
    }
  }

  /** Where the template's author lets a value complete a name, it may do that and no more. */
  private static String structure(String query) {
    return Promql.skeleton(query)
        .replaceFirst("^x_[a-zA-Z0-9_]+_total", "x_word_total")
        .replaceFirst("[+] [a-zA-Z0-9_:]+ [*] y", "+ word * y");
  }

  @Test
  void safe_namesInARegularExpression_matchThemselvesOnly() {
    Load unquote = new Load(LoadSettings.builder().build());
    for (int i = 0; i < INPUTS; i++) {
      List<String> names = List.of(valid(), valid());
      String query = LabelMatcher.anyOf("pod", names).promql(RuleMode.SAFE);
      Pattern regex =
          Pattern.compile((String) unquote.loadFromString(query.substring("pod=~".length())));
      Set<String> tried = new HashSet<>(names);
      tried.add(valid());
      tried.add(names.getFirst() + "x");

      for (String name : tried) {
        if (regex.matches(name) != names.contains(name)) {
          fail("%s on %s", query, name);
        }
      }
    }
  }

  private Request request(RuleMode mode) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      names.add(text());
    }
    List<LabelRequirement> selector = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      String key = "k" + i + (mode == RuleMode.SAFE ? text() : "");
      selector.add(new LabelRequirement(key, operator(), List.of(text())));
    }
    return new Request(text(), names, selector);
  }

  private Operator operator() {
    return List.of(Operator.EQUALS, Operator.NOT_EQUALS, Operator.IN, Operator.NOT_IN)
        .get(random.nextInt(4));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= random.nextInt(4); i++) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  /** A text that UTF-8 can carry. */
  private String valid() {
    return new String(text().getBytes(UTF_8), UTF_8);
  }
}
