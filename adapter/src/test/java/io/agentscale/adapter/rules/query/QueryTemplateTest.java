// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import static io.agentscale.adapter.rules.query.RuleMode.COMPATIBLE;
import static io.agentscale.adapter.rules.query.RuleMode.SAFE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A query that differs by one character from prometheus-adapter's changes what a user scales on.
 */
final class QueryTemplateTest {
  /** Conformance cases A (objects) and B (external): label = resource, names, extra grouping. */
  record Case(
      String name,
      String template,
      String selector,
      List<String> namespaces,
      List<String> names,
      List<String> groupBy,
      String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case object(
      String name, String template, String selector, List<String> names, String expected) {
    return new Case(name, template, selector, List.of(), names, List.of("resource"), expected);
  }

  private static Case external(
      String name, String template, String selector, List<String> namespaces, String expected) {
    return new Case(name, template, selector, namespaces, List.of(), List.of(), expected);
  }

  static Stream<Case> conformance() {
    String byName = "<<index .LabelValuesByName \"resource\">>";
    String namespaceAndSlice = "<<index .LabelValuesByName \"namespaces\">> <<.GroupBySlice>>";
    List<String> bar = List.of("bar");
    List<String> barBaz = List.of("bar", "baz");
    List<String> extra = List.of("resource", "extra", "groups");
    List<String> none = List.of();
    return Stream.of(
        object("A1", "series <<.Series>>", "", bar, "series foo"),
        object("A2", "<<.LabelMatchers>>", "", barBaz, "resource=~\"bar|baz\""),
        object("A3", "<<.LabelMatchers>>", "", bar, "resource=\"bar\""),
        object(
            "A4",
            "<<.LabelMatchers>>",
            "metric1=value1",
            bar,
            "metric1=\"value1\",resource=\"bar\""),
        object("A5", byName, "", bar, "bar"),
        object("A6", byName, "", barBaz, "bar|baz"),
        new Case(
            "A7",
            "<<index .LabelValuesByName \"namespaces\">> " + byName,
            "",
            List.of("default"),
            barBaz,
            List.of("resource"),
            "default bar|baz"),
        object("A8", "<<.GroupBy>>", "", bar, "resource"),
        new Case("A9", "<<.GroupBy>>", "", none, bar, extra, "resource,extra,groups"),
        object("A10", "<<.GroupBySlice>>", "", bar, "[resource]"),
        new Case("A11", "<<.GroupBySlice>>", "", none, bar, extra, "[resource extra groups]"),
        external("B1", "series <<.Series>>", "", none, "series foo"),
        new Case("B2", "<<.GroupBy>>", "", none, none, List.of("foo"), "foo"),
        new Case("B3", "<<.GroupBySlice>>", "", none, none, List.of("foo", "bar"), "[foo bar]"),
        new Case(
            "B4",
            namespaceAndSlice,
            "",
            List.of("default"),
            none,
            List.of("foo", "bar"),
            "default [foo bar]"),
        new Case("B5", namespaceAndSlice, "", none, none, List.of("foo", "bar"), " [foo bar]"),
        external("B6", "<<.LabelMatchers>>", "foo=bar", none, "foo=\"bar\""),
        external(
            "B7",
            "<<.LabelMatchers>>",
            "foo=bar",
            List.of("default"),
            "foo=\"bar\",namespaces=\"default\""),
        external(
            "B8",
            "<<.LabelMatchers>>",
            "foo=bar,qux in (bar,baz)",
            none,
            "foo=\"bar\",qux=~\"bar|baz\""),
        external("B9", "<<.LabelValuesByName>>", "foo=bar", none, "map[foo:bar]"),
        external("B10", "<<.LabelValuesByName>>", "foo in (bar,baz)", none, "map[foo:bar|baz]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void conformance(Case c) {
    assertThat(QueryTemplate.parse(c.template(), COMPATIBLE).render(arguments(c, COMPATIBLE)))
        .isEqualTo(c.expected());
  }

  private static QueryArguments arguments(Case c, RuleMode mode) {
    List<LabelMatcher> matchers = new ArrayList<>(matchers(c.selector(), mode));
    if (!c.namespaces().isEmpty()) {
      matchers.add(LabelMatcher.anyOf("namespaces", c.namespaces()));
    }
    if (!c.names().isEmpty()) {
      matchers.add(LabelMatcher.anyOf("resource", c.names()));
    }
    return new QueryArguments("foo", matchers, c.groupBy());
  }

  private static List<LabelMatcher> matchers(String selector, RuleMode mode) {
    return LabelSelector.parse(selector).requirements().stream()
        .sorted(Comparator.comparing(LabelRequirement::key))
        .map(requirement -> LabelMatcher.of(requirement, mode))
        .toList();
  }

  record Context(String name, String template, List<String> names, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Context> safe_valueLandsInContext_isQuotedForIt() {
    String value = "<<index .LabelValuesByName \"resource\">>";
    List<String> dotted = List.of("web.0", "a+b");
    List<String> quotes = List.of("a\"'\\b");
    return Stream.of(
        new Context(
            "matchers", "x{<<.LabelMatchers>>}", dotted, "x{resource=~\"web\\\\.0|a\\\\+b\"}"),
        new Context(
            "regular expression",
            "x{resource=~\"^(" + value + ")$\"}",
            dotted,
            "x{resource=~\"^(web\\\\.0|a\\\\+b)$\"}"),
        new Context(
            "negated, in backquotes",
            "x{resource!~`" + value + "`}",
            dotted,
            "x{resource!~`web\\.0|a\\+b`}"),
        new Context(
            "equality", "x{resource=\"" + value + "\"}", quotes, "x{resource=\"a\\\"'\\\\b\"}"),
        new Context(
            "single quotes", "x{resource='" + value + "'}", quotes, "x{resource='a\"\\'\\\\b'}"),
        new Context(
            "printf %q",
            "x{resource=<<printf \"%q\" (index .LabelValuesByName \"resource\")>>}",
            quotes,
            "x{resource=\"a\\\"'\\\\b\"}"),
        new Context("part of a name", "x_" + value + "_total", List.of("web"), "x_web_total"),
        new Context("a duration", "rate(x[" + value + "])", List.of("5m"), "rate(x[5m])"),
        new Context("a comment", "x # " + value + "\n + y", List.of("a\nb"), "x # v\n + y"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void safe_valueLandsInContext_isQuotedForIt(Context c) {
    assertThat(QueryTemplate.parse(c.template(), SAFE).render(named(c.names())))
        .isEqualTo(c.expected());
  }

  static Stream<Context> valueWouldChangeTheQuery_isRefused() {
    String value = "<<index .LabelValuesByName \"resource\">>";
    return Stream.of(
        new Context("subtraction", "x_" + value + "_total", List.of("a-b"), "x_a-b_total"),
        new Context("operator", "x " + value + " y", List.of("or"), "or"),
        new Context("call", "x + " + value, List.of("rate(y[5m])"), "rate(y[5m])"),
        new Context("symbol", "x " + value + " y", List.of("+"), "+"),
        new Context("bracket", "x + " + value + " y)", List.of("("), "("),
        new Context("string", "x + " + value, List.of("\"y\""), "\"y\""),
        new Context("nothing", "x * " + value + " - y", List.of(""), ""),
        new Context("comment", "x_" + value, List.of("#"), "x_#"),
        new Context("backquote", "x{a=`" + value + "`}", List.of("`"), "`"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void valueWouldChangeTheQuery_isRefused(Context c) {
    QueryTemplate template = QueryTemplate.parse(c.template(), SAFE);

    assertThatThrownBy(() -> template.render(named(c.names())))
        .hasMessage(
            "the rule's metricsQuery uses this value where it would change the query: "
                + c.expected());
  }

  @Test
  void compatible_valueNeedsEscaping_isRefusedInsteadOfChangingTheQuery() {
    QueryTemplate template =
        QueryTemplate.parse("x{a=~\"<<.LabelValuesByName.resource>>\"}", COMPATIBLE);

    assertThat(template.render(named(List.of("web.0")))).isEqualTo("x{a=~\"web.0\"}");
    assertThatThrownBy(() -> template.render(named(List.of("a\",b=\"c"))))
        .hasMessageContaining("would change the query");
  }

  @Test
  void labelKeys_areSanitisedUnlessCompatible() {
    QueryTemplate safe = QueryTemplate.parse("x{<<.LabelMatchers>>}", SAFE);
    QueryTemplate compatible = QueryTemplate.parse("x{<<.LabelMatchers>>}", COMPATIBLE);
    String selector = "app.kubernetes.io/name=web,0day in (a.b)";

    assertThat(safe.render(new QueryArguments("x", matchers(selector, SAFE), List.of())))
        .isEqualTo("x{_0day=~\"a\\\\.b\",app_kubernetes_io_name=\"web\"}");
    assertThat(
            compatible.render(new QueryArguments("x", matchers(selector, COMPATIBLE), List.of())))
        .isEqualTo("x{0day=~\"a.b\",app.kubernetes.io/name=\"web\"}");
  }

  @Test
  void emptyQuery_isRefused() {
    QueryTemplate template = QueryTemplate.parse("<<if .Series>><<end>>", SAFE);

    assertThatThrownBy(() -> template.render(named(List.of("a"))))
        .hasMessage("the template produced an empty query");
  }

  private static QueryArguments named(List<String> names) {
    return new QueryArguments(
        "x", List.of(LabelMatcher.anyOf("resource", names)), List.of("resource"));
  }
}
