// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the model's provider lets the workload use. Replicas beyond it cannot help: they would share
 * the same tokens.
 *
 * <p>If it is not said what one replica uses, that is measured: the present use divided by the
 * ready replicas, so that {@code ready * quota / use} replicas would use the quota up. A measured
 * limit stops growth but takes nothing away, since use is near the quota just when many work.
 *
 * @param tokensPerMinute the provider's limit
 * @param tokensPerMinutePerReplica what one busy replica uses; empty to measure it
 */
public record Quota(Quantity tokensPerMinute, Optional<Quantity> tokensPerMinutePerReplica) {
  public Quota {
    Positive.require("tokensPerMinute", tokensPerMinute.doubleValue());
    tokensPerMinutePerReplica.ifPresent(
        use -> Positive.require("tokensPerMinutePerReplica", use.doubleValue()));
  }

  /** Creates a quota that measures what a replica uses. */
  public Quota(Quantity tokensPerMinute) {
    this(tokensPerMinute, Optional.empty());
  }

  /** Returns the most replicas the quota feeds; empty while that cannot be told. */
  OptionalInt replicas(int present, int ready, Optional<Quantity> use) {
    if (tokensPerMinutePerReplica.isPresent()) {
      long fed = Math.ceilDiv(tokensPerMinute.milli(), tokensPerMinutePerReplica.get().milli());
      return OptionalInt.of(Math.clamp(fed, 1, Integer.MAX_VALUE));
    }
    if (use.isEmpty() || use.get().milli() == 0 || ready == 0) {
      return OptionalInt.empty();
    }
    double fed = Math.ceil(ready * (double) tokensPerMinute.milli() / use.get().milli());
    return OptionalInt.of(Math.max(present, (int) Math.min(fed, Integer.MAX_VALUE)));
  }
}
