// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import java.util.Optional;

/**
 * What is replayed against: a pod, how runs are given to pods, and the provider behind them. Making
 * one measures the pod, so make it once for many replays.
 */
public final class Workload {
  private final PodModel pod;
  private final FlowTable flow;
  private final Balancing balancing;
  private final Optional<ProviderLimit> provider;

  /** How the gateway chooses among the pods that take another run. */
  public enum Balancing {
    /** The pod with the fewest runs, among equals the one that has waited longest. */
    FEWEST_RUNS,
    /** Any pod, as kube-proxy does; if that one is full, the one with the fewest runs. */
    RANDOM
  }

  public Workload(PodModel pod, Balancing balancing, Optional<ProviderLimit> provider) {
    this.pod = pod;
    this.balancing = balancing;
    this.provider = provider;
    flow = new FlowTable(pod);
  }

  /** Returns pods of a model behind a gateway that balances well, without a provider's limit. */
  public static Workload of(PodModel pod) {
    return new Workload(pod, Balancing.FEWEST_RUNS, Optional.empty());
  }

  public PodModel pod() {
    return pod;
  }

  public FlowTable flow() {
    return flow;
  }

  public Balancing balancing() {
    return balancing;
  }

  public Optional<ProviderLimit> provider() {
    return provider;
  }
}
