// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.rules.ValuePolicy.OnEmpty;
import io.agentscale.adapter.rules.ValuePolicy.OnInf;
import io.agentscale.adapter.rules.ValuePolicy.OnNaN;
import io.agentscale.adapter.rules.query.QueryArguments;
import io.agentscale.adapter.rules.query.QueryTemplate;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one rule from a file, refusing what could never work. */
final class RuleReader {
  private static final Pattern ANY_NAME = Pattern.compile(".*");

  private final Target target;
  private final RuleMode mode;
  private final Set<String> backends;

  /** What a rule's metrics describe. */
  enum Target {
    OBJECT,
    EXTERNAL
  }

  RuleReader(Target target, RuleMode mode, Set<String> backends) {
    this.target = target;
    this.mode = mode;
    this.backends = backends;
  }

  Rule read(YamlMapping rule) {
    Optional<String> raw = rule.optional("query", RuleReader::promql);
    return raw.isPresent() ? raw(rule, raw.get()) : discovery(rule);
  }

  private Rule raw(YamlMapping rule, String promql) {
    Optional<String> metric = rule.required("metric", RuleReader::metricName);
    Resources resources = resources(rule);
    Common common = common(rule);
    if (target == Target.OBJECT && resources.labels().overrides().isEmpty()) {
      throw new IllegalArgumentException(
          "resources.overrides: is required, to say which label of the rows names which object");
    }
    return new Rule.Raw(
        new RuleSource(metric.orElseThrow(), rule.location()),
        common.backend(),
        common.values(),
        metric.orElseThrow(),
        promql,
        resources.labels(),
        resources.namespaced(),
        mode);
  }

  private Rule discovery(YamlMapping rule) {
    Optional<String> seriesQuery = rule.required("seriesQuery", RuleReader::selector);
    List<SeriesFilter> filters =
        rule.list("seriesFilters", item -> item.mapping(RuleReader::filter));
    Optional<MetricNamer> namer = rule.section("name", RuleReader::namer);
    Resources resources = resources(rule);
    Optional<QueryTemplate> query =
        rule.required("metricsQuery", value -> template(value, resources));
    Common common = common(rule);
    return new Rule.Discovery(
        new RuleSource(seriesQuery.orElseThrow().strip(), rule.location()),
        common.backend(),
        common.values(),
        seriesQuery.orElseThrow(),
        filters,
        namer.orElseGet(() -> MetricNamer.of(ANY_NAME, "")),
        resources.labels(),
        resources.namespaced(),
        query.orElseThrow(),
        mode);
  }

  private QueryTemplate template(YamlValue value, Resources resources) {
    QueryTemplate template = QueryTemplate.parse(value.nonEmpty(), mode);
    List<QueryArguments> samples =
        switch (target) {
          case OBJECT -> SampleArguments.object(resources.labels());
          case EXTERNAL -> SampleArguments.external(resources.labels(), resources.namespaced());
        };
    samples.forEach(template::check);
    return template;
  }

  private static String promql(YamlValue value) {
    String query = value.nonEmpty();
    Promql.checkQuery(query);
    return query;
  }

  private static String selector(YamlValue value) {
    String selector = value.nonEmpty();
    Promql.checkSelector(selector);
    return selector;
  }

  private static String metricName(YamlValue value) {
    String name = value.nonEmpty();
    if (!MetricNames.isServable(name)) {
      throw new IllegalArgumentException(MetricNames.RULE + ", was: " + name);
    }
    return name;
  }

  static Pattern regex(YamlValue value) {
    try {
      return Pattern.compile(value.string());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must be a regular expression of RE2: " + e.getDescription() + ": " + e.getPattern(), e);
    }
  }

  private static SeriesFilter filter(YamlMapping filter) {
    Optional<Pattern> is = filter.optional("is", RuleReader::regex);
    Optional<Pattern> isNot = filter.optional("isNot", RuleReader::regex);
    if (is.isPresent() == isNot.isPresent()) {
      throw new IllegalArgumentException("must have either is or isNot");
    }
    return new SeriesFilter(is.or(() -> isNot).orElseThrow(), is.isPresent());
  }

  private static MetricNamer namer(YamlMapping name) {
    Pattern matches =
        name.optional("matches", RuleReader::regex)
            .filter(pattern -> !pattern.pattern().isEmpty())
            .orElse(ANY_NAME);
    return MetricNamer.of(matches, name.optional("as", YamlValue::string).orElse(""));
  }

  /** The resources block with what is assumed where it is silent. */
  private record Resources(ResourceLabels labels, boolean namespaced) {}

  private static Resources resources(YamlMapping rule) {
    return rule.section("resources", RuleReader::resourcesBlock)
        .orElse(new Resources(ResourceLabels.NONE, true));
  }

  private static Resources resourcesBlock(YamlMapping block) {
    ResourceLabels labels = ResourceLabelsReader.read(block);
    return new Resources(labels, block.optional("namespaced", YamlValue::bool).orElse(true));
  }

  /** What every rule can say. */
  private record Common(Optional<String> backend, ValuePolicy values) {}

  private Common common(YamlMapping rule) {
    Optional<String> backend = rule.optional("backend", this::backend);
    OnEmpty onEmpty =
        rule.optional("onEmpty", value -> value.oneOf(OnEmpty.class)).orElse(OnEmpty.ERROR);
    OnNaN onNaN = rule.optional("onNaN", this::onNaN).orElse(defaultOnNaN());
    OnInf onInf = rule.optional("onInf", value -> value.oneOf(OnInf.class)).orElse(OnInf.ERROR);
    Optional<Duration> maxAge = rule.optional("maxAge", YamlValue::duration);
    if (onEmpty == OnEmpty.HOLD && maxAge.isEmpty()) {
      throw new IllegalArgumentException("maxAge: is required with onEmpty: hold");
    }
    return new Common(backend, new ValuePolicy(onEmpty, onNaN, onInf, maxAge));
  }

  private String backend(YamlValue value) {
    String name = value.nonEmpty();
    if (!backends.contains(name)) {
      throw new IllegalArgumentException(
          "must be a key of backends (" + String.join(", ", backends) + "), was: " + name);
    }
    return name;
  }

  private OnNaN onNaN(YamlValue value) {
    OnNaN onNaN = value.oneOf(OnNaN.class);
    if (onNaN == OnNaN.ZERO && mode == RuleMode.SAFE) {
      throw new IllegalArgumentException(
          "must be error, was: zero, which makes an amount of what is unknown and needs compat:"
              + " true");
    }
    return onNaN;
  }

  private OnNaN defaultOnNaN() {
    return mode == RuleMode.COMPATIBLE && target == Target.OBJECT ? OnNaN.ZERO : OnNaN.ERROR;
  }
}
