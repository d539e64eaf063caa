// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.Observation;
import java.time.Instant;

/** Is told what each decision of an HPA was made by, so that it can be made again elsewhere. */
public interface ObservationLog {
  /** Keeps nothing. */
  ObservationLog NONE = (now, observation, replicas) -> {};

  /**
   * An HPA has decided.
   *
   * @param now when
   * @param observation by what
   * @param replicas that it asks for
   */
  void observed(Instant now, Observation observation, int replicas);
}
