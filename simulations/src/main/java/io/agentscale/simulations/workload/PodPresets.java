// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import io.agentscale.simulations.workload.PodModel.Crowding;
import io.agentscale.simulations.workload.PodModel.Hazard;
import io.agentscale.simulations.workload.PodModel.Tokens;

/** Pod models to start from. */
public final class PodPresets {
  private PodPresets() {}

  /**
   * Returns an agent service's pod of 2 cores and 4 GiB, fitted to a measured table (5 to 30 runs
   * at once), behind a gateway that lets 12 runs into a pod.
   */
  public static PodModel agentPod() {
    return PodModel.of(
            "agent-2c4g",
            2,
            new Distribution.Lognormal(1.340, 0.30),
            new Distribution.Lognormal(0.4242, 0.50))
        .withCrowding(new Crowding(20, 0.040))
        .withHazard(new Hazard(9.6, 1.62e-4))
        .withCap(12);
  }

  /**
   * Returns a model server that batches: a stream alone gets {@code streamTokensPerSecond}, all
   * together never more than {@code peakTokensPerSecond}, shared evenly.
   *
   * @param batch the most streams at once
   * @param promptSeconds mean time to the first token
   * @param outputTokens mean length of an answer; where the trace knows each answer's, that counts
   */
  public static PodModel llmServer(
      double streamTokensPerSecond,
      double peakTokensPerSecond,
      int batch,
      double promptSeconds,
      double outputTokens) {
    return PodModel.of(
            "llm-server",
            peakTokensPerSecond / streamTokensPerSecond,
            new Distribution.Lognormal(promptSeconds, 0.5),
            new Distribution.Lognormal(outputTokens / streamTokensPerSecond, 0.8))
        .withCap(batch)
        .withTokens(new Tokens(outputTokens, 0, 1 / streamTokensPerSecond));
  }

  /**
   * Returns a worker that takes tasks from a queue, {@code atOnce} at a time, which do not hinder
   * each other.
   */
  public static PodModel queueWorker(Distribution task, int atOnce) {
    return PodModel.of("queue-worker", atOnce, new Distribution.Constant(0), task).withCap(atOnce);
  }
}
