// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import io.agentscale.core.metric.Sample;
import java.util.List;

/** What a PromQL expression came to; NaN and the infinities are kept as they are. */
public sealed interface QueryResult {

  /** One value a series at one time; empty when nothing matched, which is not zero. */
  record Vector(List<LabelledSample> rows) implements QueryResult {
    public Vector {
      rows = List.copyOf(rows);
    }
  }

  /** One value without labels. */
  record Scalar(Sample sample) implements QueryResult {}

  /** Many values a series over a range of time. */
  record Matrix(List<LabelledSeries> rows) implements QueryResult {
    public Matrix {
      rows = List.copyOf(rows);
    }
  }
}
