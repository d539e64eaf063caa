// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import java.util.OptionalInt;

/**
 * How one pod serves runs.
 *
 * <p>A run first waits for something outside the pod (a model's answer, a tool), then needs a
 * processor: {@code delay} passes by itself, {@code work} is shared out among the runs that
 * compute, each getting {@code min(computing, cores) / computing} of a core, divided by the
 * {@linkplain Crowding crowding} of all runs in the pod. A run may fail by {@linkplain Hazard
 * hazard}, which shows when it ends.
 *
 * @param name for people
 * @param cores how many runs may compute at full speed at once; for a batching model server its
 *     peak throughput over that of a single stream
 * @param delay the part of a run without computing
 * @param work computing of a run alone in a pod, in core-seconds
 * @param crowding what too many runs in a pod cost
 * @param hazard how runs fail
 * @param cap the most runs a pod takes, the others queueing outside; empty for no limit
 * @param tokens what a run uses of a model provider
 * @param memory how runs fill the pod's memory
 */
public record PodModel(
    String name,
    double cores,
    Distribution delay,
    Distribution work,
    Crowding crowding,
    Hazard hazard,
    OptionalInt cap,
    Tokens tokens,
    Memory memory) {

  /**
   * Slower computing above a number of runs, for garbage collection, context switches and memory:
   * all work takes {@code 1 + perRun x max(0, runs - knee)} times as long.
   *
   * @param knee runs in the pod up to which nothing is lost
   * @param perRun what each run above costs
   */
  public record Crowding(double knee, double perRun) {
    public static final Crowding NONE = new Crowding(0, 0);

    public Crowding {
      requireAtLeastZero("crowding.knee", knee);
      requireAtLeastZero("crowding.perRun", perRun);
    }

    public double factor(int runs) {
      return 1 + perRun * Math.max(0, runs - knee);
    }
  }

  /**
   * Failures: each second in a pod of {@code runs} a run fails with probability {@code perRun x
   * max(0, runs - knee)}.
   *
   * @param knee runs in the pod up to which none fails
   * @param perRun probability a second for each run above
   */
  public record Hazard(double knee, double perRun) {
    public static final Hazard NONE = new Hazard(0, 0);

    public Hazard {
      requireAtLeastZero("hazard.knee", knee);
      requireAtLeastZero("hazard.perRun", perRun);
    }

    public double perSecond(double runs) {
      return perRun * Math.max(0, runs - knee);
    }
  }

  /**
   * What runs use of a model.
   *
   * @param perRun input and output tokens of a run where the trace does not say
   * @param delaySecondsPerInputToken replaces {@link PodModel#delay} where the trace knows tokens;
   *     0 keeps it
   * @param workSecondsPerOutputToken replaces {@link PodModel#work} likewise
   */
  public record Tokens(
      double perRun, double delaySecondsPerInputToken, double workSecondsPerOutputToken) {
    public static final Tokens NONE = new Tokens(0, 0, 0);

    public Tokens {
      requireAtLeastZero("tokens.perRun", perRun);
      requireAtLeastZero("tokens.delaySecondsPerInputToken", delaySecondsPerInputToken);
      requireAtLeastZero("tokens.workSecondsPerOutputToken", workSecondsPerOutputToken);
    }
  }

  /**
   * Memory in use, as a share of the pod's request.
   *
   * @param idleShare without runs
   * @param sharePerRun more with each run
   */
  public record Memory(double idleShare, double sharePerRun) {
    /** Half of the request whatever happens, so that memory decides nothing. */
    public static final Memory FLAT = new Memory(0.5, 0);

    public Memory {
      requireAtLeastZero("memory.idleShare", idleShare);
      requireAtLeastZero("memory.sharePerRun", sharePerRun);
    }
  }

  public PodModel {
    if (!(cores > 0 && Double.isFinite(cores))) {
      throw new IllegalArgumentException("cores: must be above 0, was: " + cores);
    }
    if (cap.isPresent() && cap.getAsInt() < 1) {
      throw new IllegalArgumentException("cap: must be at least 1, was: " + cap.getAsInt());
    }
    if (delay.meanSeconds() + work.meanSeconds() <= 0) {
      throw new IllegalArgumentException("delay, work: a run must take time, both were 0 s");
    }
  }

  /** Returns a pod without crowding, failures, tokens and limit. */
  public static PodModel of(String name, double cores, Distribution delay, Distribution work) {
    return new PodModel(
        name,
        cores,
        delay,
        work,
        Crowding.NONE,
        Hazard.NONE,
        OptionalInt.empty(),
        Tokens.NONE,
        Memory.FLAT);
  }

  public PodModel withCap(int runs) {
    return new PodModel(
        name, cores, delay, work, crowding, hazard, OptionalInt.of(runs), tokens, memory);
  }

  public PodModel withoutCap() {
    return new PodModel(
        name, cores, delay, work, crowding, hazard, OptionalInt.empty(), tokens, memory);
  }

  public PodModel withCrowding(Crowding other) {
    return new PodModel(name, cores, delay, work, other, hazard, cap, tokens, memory);
  }

  public PodModel withHazard(Hazard other) {
    return new PodModel(name, cores, delay, work, crowding, other, cap, tokens, memory);
  }

  public PodModel withTokens(Tokens other) {
    return new PodModel(name, cores, delay, work, crowding, hazard, cap, other, memory);
  }

  public PodModel withMemory(Memory other) {
    return new PodModel(name, cores, delay, work, crowding, hazard, cap, tokens, other);
  }

  private static void requireAtLeastZero(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": must be at least 0, was: " + value);
    }
  }
}
