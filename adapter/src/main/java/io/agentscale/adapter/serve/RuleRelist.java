// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.rules.RuleDiscovery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the rules' series are listed again: every minute, and soon again after a failure, so
 * that a Prometheus which comes up late is not missed for long.
 */
final class RuleRelist {
  /** Also how long a series that is gone keeps its metric. */
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(RuleRelist.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final RuleDiscovery discovery;
  private final InstantSource clock;
  private volatile boolean listed;
  private volatile boolean underWay;
  private volatile Instant due = Instant.MIN;

  RuleRelist(RuleDiscovery discovery, InstantSource clock) {
    this.discovery = discovery;
    this.clock = clock;
  }

  /** Lists again if it is time to. */
  void tick() {
    Instant now = clock.instant();
    if (!underWay && !now.isBefore(due)) {
      var _ = list();
    }
  }

  /** Lists now; completes when every rule was tried. */
  CompletionStage<Void> list() {
    underWay = true;
    return discovery
        .relist(clock.instant())
        .handle(
            (_, failure) -> {
              ended(failure);
              return null;
            });
  }

  /** Returns why questions about rules cannot be answered yet; empty once every rule was tried. */
  Optional<String> unready() {
    return listed ? Optional.empty() : Optional.of("the series of the rules are being listed");
  }

  private void ended(@org.jspecify.annotations.Nullable Throwable failure) {
    if (failure != null) {
      log.atError().setCause(failure).log("Listing the series of the rules met a bug");
    }
    boolean whole = failure == null && discovery.failures().isEmpty();
    due = clock.instant().plus(whole ? PERIOD : RETRY);
    listed = true;
    underWay = false;
  }
}
