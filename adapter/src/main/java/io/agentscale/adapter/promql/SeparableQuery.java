// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A query about one value of some labels that can be asked for all values at once.
 *
 * <p>Let every selector of a query pin the labels K (say {@code namespace="n",pod="p"}). The query
 * is separable over K if every row of its result depends only on series that agree in K. Then the
 * query without the pins, whose aggregations group by K too, has for each value of K exactly the
 * rows that the pinned query has for it, with the labels K beside. By induction over the query:
 *
 * <ul>
 *   <li>a selector has the series of all K; those of one K are the pinned selector's;
 *   <li>functions that map each series by itself keep K, {@code histogram_quantile} among them,
 *       since it puts only series together that differ in nothing but {@code le};
 *   <li>{@code sum}, {@code avg}, {@code min}, {@code max}, {@code count}, {@code group}, {@code
 *       stddev} and {@code stdvar} by labels that include K put only series of one K together;
 *   <li>an operator between two vectors matches rows of the same labels, hence of the same K, as
 *       long as both sides had K added to their labels or neither had; an operator between a vector
 *       and a number changes each row by itself.
 * </ul>
 *
 * <p>Everything else, such as {@code topk}, {@code without}, {@code on}, {@code label_replace},
 * {@code absent} or {@code @}, is taken for inseparable, though some of it may not be.
 */
public final class SeparableQuery {

  /** A place in the query where something else comes to stand. */
  record Edit(int start, int end, Optional<String> text) {}

  /** Where a selector stands in the query, and the offset that applies to it, as written. */
  record Span(int start, int end, String offset) {}

  private final String query;
  private final List<Edit> edits;
  private final List<Span> selectors;
  private final Rows rows;

  /** What rows are told apart by, beside the labels they were separated over. */
  public enum Rows {
    /** All labels of their series. */
    SERIES,
    /** Nothing: there is one row for each value, and only separation gave it the added label. */
    ONE,
    /** Some labels; only separation gave the added one to them. */
    GROUPED,
    /** Some labels, the added one among them anyway. */
    GROUPED_ANYWAY
  }

  SeparableQuery(String query, List<Edit> edits, List<Span> selectors, Rows rows) {
    this.query = query;
    this.edits = edits.stream().sorted(Comparator.comparingInt(Edit::start)).toList();
    this.selectors = List.copyOf(selectors);
    this.rows = rows;
  }

  /**
   * Examines a query.
   *
   * @param query with one matcher on {@code marker} in the place of the matchers of each selector
   * @param marker a label that occurs nowhere else
   * @param kept labels that every aggregation must group by already
   * @param added a label that aggregations are to group by in addition
   * @return empty if the query is not known to be separable over the labels
   */
  public static Optional<SeparableQuery> of(
      String query, String marker, Set<String> kept, Optional<String> added) {
    try {
      return Optional.of(new SeparableQueryParser(query, marker, kept, added).parse());
    } catch (PromqlException e) {
      // Not separable, or no PromQL at all: then it is for Prometheus to say so.
      return Optional.empty();
    }
  }

  /** Returns the query with these matchers in the marker's place and the label grouped by. */
  public String text(String matchers) {
    return edited(0, query.length(), matchers);
  }

  /** Returns the query's selectors, each with its offset, these matchers in the marker's place. */
  public List<String> selectors(String matchers) {
    return selectors.stream()
        .map(span -> edited(span.start(), span.end(), matchers) + span.offset())
        .distinct()
        .toList();
  }

  /** Returns what the rows of the result are told apart by. */
  public Rows rows() {
    return rows;
  }

  private String edited(int start, int end, String matchers) {
    StringBuilder text = new StringBuilder();
    int copied = start;
    List<Edit> inside = new ArrayList<>(edits);
    inside.removeIf(edit -> edit.start() < start || edit.end() > end);
    for (Edit edit : inside) {
      text.append(query, copied, edit.start()).append(edit.text().orElse(matchers));
      copied = edit.end();
    }
    return text.append(query, copied, end).toString();
  }
}
