// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.MetricNames;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.Series;
import io.agentscale.adapter.rules.SeriesFilter;
import io.agentscale.adapter.rules.command.RuleListing.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What each rule makes of a series. */
final class SeriesExplanation {
  private final String series;
  private final RuleListing listing;
  private final ResourceMapper kinds;

  /**
   * What one rule makes of it.
   *
   * @param rule which rule
   * @param text the name it gives, or the first reason why it gives none
   */
  record Verdict(Rule rule, String text) {}

  private SeriesExplanation(String series, RuleListing listing, ResourceMapper kinds) {
    this.series = series;
    this.listing = listing;
    this.kinds = kinds;
  }

  /** Returns the verdict of every discovery rule. */
  static List<Verdict> of(String series, RuleListing listing, ResourceMapper kinds) {
    SeriesExplanation explanation = new SeriesExplanation(series, listing, kinds);
    List<Verdict> verdicts = new ArrayList<>();
    for (Rule rule : listing.rules().all()) {
      String text =
          switch (rule) {
            case Rule.Raw raw -> "asks for no series by itself: it always exposes " + raw.metric();
            case Rule.Discovery discovery -> explanation.verdict(discovery);
          };
      verdicts.add(new Verdict(rule, text));
    }
    return verdicts;
  }

  private String verdict(Rule.Discovery rule) {
    SeriesSelector selector = SeriesSelector.parse(rule.seriesQuery());
    return selector
        .refusing(series)
        .map(matcher -> "not exposed: its name does not match " + matcher + " of seriesQuery")
        .or(() -> unlisted(rule, selector))
        .or(() -> refusingFilter(rule))
        .orElseGet(() -> named(rule));
  }

  private Optional<String> unlisted(Rule.Discovery rule, SeriesSelector selector) {
    return switch (listing.findings().get(rule)) {
      case Finding.Listed(Set<Series> found) when found.stream().noneMatch(this::isIt) ->
          Optional.of(
              "not exposed: Prometheus has no series of this name in the last minute"
                  + (selector.labels().isEmpty() ? "" : " with " + selector.labels()));
      case Finding.Failed(String cause) -> Optional.of("not known: cannot be listed: " + cause);
      case null, default -> Optional.empty();
    };
  }

  private boolean isIt(Series one) {
    return one.name().equals(series);
  }

  private Optional<String> refusingFilter(Rule.Discovery rule) {
    List<SeriesFilter> filters = rule.filters();
    for (int i = 0; i < filters.size(); i++) {
      SeriesFilter filter = filters.get(i);
      if (!filter.passes(series)) {
        return Optional.of(
            "not exposed: seriesFilters[%d] %s: %s refuses it"
                .formatted(i, filter.wanted() ? "is" : "isNot", filter.expression()));
      }
    }
    return Optional.empty();
  }

  private String named(Rule.Discovery rule) {
    Optional<String> name = rule.nameOf(series);
    if (name.isEmpty()) {
      return "not exposed: its name does not match name.matches";
    }
    if (!MetricNames.isServable(name.get())) {
      return "not exposed: its metric's name would be '" + name.get() + "'";
    }
    String condition =
        listing.findings().get(rule) instanceof Finding.Listed
            ? ""
            : " (assumed: the name fits; whether a series has the labels was not asked)";
    if (listing.rules().externalRules().contains(rule)) {
      return "exposed as external/" + name.get() + condition;
    }
    return objects(rule, name.get()) + condition;
  }

  private String objects(Rule.Discovery rule, String name) {
    Set<String> labels = labels(rule);
    List<String> exposed = new ArrayList<>();
    for (String label : labels) {
      rule.resources()
          .kindOf(label, kinds)
          .ifPresent(kind -> exposed.add(kind.resource() + "/" + name + " by its label " + label));
    }
    return exposed.isEmpty()
        ? "not exposed: would be called "
            + name
            + ", but none of its labels names an object: "
            + labels
        : "exposed as " + String.join(", ", exposed);
  }

  private Set<String> labels(Rule.Discovery rule) {
    Set<String> labels = new TreeSet<>();
    Finding finding = listing.findings().get(rule);
    if (finding instanceof Finding.Listed(Set<Series> found)) {
      found.stream().filter(this::isIt).forEach(one -> labels.addAll(one.labels()));
    } else {
      labels.addAll(rule.resources().overrides().keySet());
      SeriesSelector.parse(rule.seriesQuery()).labels().stream()
          .filter(SeriesSelector.Matcher::demandsLabel)
          .forEach(matcher -> labels.add(matcher.label()));
    }
    return labels;
  }
}
