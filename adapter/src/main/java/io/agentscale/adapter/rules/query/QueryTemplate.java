// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.promql.SeparableQuery;
import io.agentscale.adapter.rules.template.GoTemplate;
import io.agentscale.adapter.rules.template.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code metricsQuery}: PromQL with gaps for the series, the matchers and the grouping. */
public final class QueryTemplate {
  private static final Pattern ACTION = Pattern.compile("(?s)<<-?\\s*(.*?)\\s*-?>>");
  private static final Set<String> PLAIN_ACTIONS =
      Set.of(".Series", ".LabelMatchers", ".GroupBy", "index .GroupBySlice 0");

  private final GoTemplate template;
  private final RuleMode mode;

  private QueryTemplate(GoTemplate template, RuleMode mode) {
    this.template = template;
    this.mode = mode;
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if it is outside the supported part of Go's templates
   */
  public static QueryTemplate parse(String source, RuleMode mode) {
    return new QueryTemplate(GoTemplate.parse(source, QueryArguments.FIELDS), mode);
  }

  /**
   * Returns the query for a request.
   *
   * @throws IllegalArgumentException if the request's values cannot be put into the query safely
   */
  public String render(QueryArguments arguments) {
    Text text = template.render(arguments.values(mode));
    String query = RequestValues.promql(text, mode);
    if (query.isEmpty()) {
      throw new IllegalArgumentException("the template produced an empty query");
    }
    return query;
  }

  /**
   * Checks that a request like this one gets a query; in {@link RuleMode#SAFE} one of PromQL's
   * shape.
   *
   * @throws IllegalArgumentException if it would not
   */
  public void check(QueryArguments sample) {
    String query = render(sample);
    if (mode == RuleMode.SAFE) {
      try {
        Promql.checkQuery(query);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + ", in: " + query, e);
      }
    }
  }

  /**
   * Returns the query for all objects of all namespaces, if it is known to answer as the queries
   * for each of them do: its selectors carry {@code .LabelMatchers} once each, and {@link
   * SeparableQuery} holds. Templates that use more than {@code .Series}, {@code .LabelMatchers} and
   * the grouping may render differently for different values, so they are taken for inseparable.
   *
   * @param series the series' name
   * @param objectLabel names the object; absent for external metrics, which have none
   * @param namespaceLabel names the namespace; absent where none is matched
   */
  public Optional<BatchedQuery> batched(
      String series, Optional<String> objectLabel, Optional<String> namespaceLabel) {
    if (mode != RuleMode.SAFE || !rendersAlike()) {
      return Optional.empty();
    }
    Optional<String> added =
        namespaceLabel.filter(label -> !objectLabel.equals(Optional.of(label)));
    List<String> groupBy = objectLabel.map(List::of).orElseGet(List::of);
    LabelMatcher marker =
        new LabelMatcher(BatchedQuery.MARKER, LabelMatcher.Operator.EQUAL, List.of("all"));
    String query = render(new QueryArguments(series, List.of(marker), groupBy));
    return SeparableQuery.of(query, BatchedQuery.MARKER, Set.copyOf(groupBy), added)
        .map(separable -> new BatchedQuery(separable, objectLabel, added, mode));
  }

  private boolean rendersAlike() {
    Matcher action = ACTION.matcher(template.toString());
    while (action.find()) {
      if (!PLAIN_ACTIONS.contains(action.group(1))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the template as written. */
  @Override
  public String toString() {
    return template.toString();
  }
}
