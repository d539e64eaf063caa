// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.rules.template.GoTemplate;
import io.agentscale.adapter.rules.template.Text;

/** A {@code metricsQuery}: PromQL with gaps for the series, the matchers and the grouping. */
public final class QueryTemplate {
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

  /** Returns the template as written. */
  @Override
  public String toString() {
    return template.toString();
  }
}
