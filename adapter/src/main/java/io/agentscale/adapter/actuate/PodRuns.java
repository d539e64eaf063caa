// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.policy.PolicyDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The runs in flight on the pods of policies' targets. Answers come from memory. */
public interface PodRuns {

  /** Returns what is known now. */
  Reading read(PolicyDefinition policy);

  /** What is known of the runs; unknown is not "none". */
  sealed interface Reading {

    /**
     * The runs by pod.
     *
     * @param pods by name; a pod that is missing here is one of which nothing is known
     */
    record Measured(Map<String, Runs> pods) implements Reading {
      public Measured {
        pods = Map.copyOf(pods);
      }
    }

    /** Nothing is known at present. */
    record Unknown(String cause) implements Reading {}

    /** No metric tells runs by pod, and none ever will as things are configured. */
    record NotMeasured(String cause) implements Reading {}
  }

  /**
   * The runs of one pod.
   *
   * @param inFlight how many
   * @param oldest for how long the oldest has been going on; empty where no metric tells
   */
  record Runs(long inFlight, Optional<Duration> oldest) {}
}
