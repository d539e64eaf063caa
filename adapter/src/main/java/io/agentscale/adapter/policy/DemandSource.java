// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.util.Optional;

/** Where a policy's live demand is read. */
public sealed interface DemandSource {

  /** Returns the source in a few words, for people. */
  String describe();

  /**
   * A preset, added up over the target's own pods.
   *
   * @param preset such as {@code agent-concurrency}
   */
  record OfPreset(String preset) implements DemandSource {
    @Override
    public String describe() {
      return "preset " + preset;
    }
  }

  /**
   * A query of ours to a Prometheus, answered by one series.
   *
   * @param promql the whole query
   * @param backend the Prometheus to ask; the default one when absent
   */
  record OfQuery(String promql, Optional<String> backend) implements DemandSource {
    @Override
    public String describe() {
      return "query " + promql;
    }
  }
}
