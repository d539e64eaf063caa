// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.schedule.ScheduledBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a policy decided what it did.
 *
 * @param at when it was decided
 * @param present the replicas there were
 * @param replicas the replicas decided
 * @param served the demand to serve
 * @param inputs all that went in
 * @param proposals what each source asked for, strongest claim to a tie first
 * @param winner the source whose proposal was the largest
 * @param clamps what lowered or overrode it, in order
 * @param schedules all that the schedules said at that time
 * @param foresight all that the forecaster said, where there is one
 * @param deadBand the wanted change that a HorizontalPodAutoscaler would not make, if it is one
 * @param notes further facts in sentences
 */
public record Explanation(
    Instant at,
    int present,
    int replicas,
    ServedDemand served,
    List<Input> inputs,
    List<Proposal> proposals,
    Source winner,
    List<Clamp> clamps,
    ScheduledBounds schedules,
    Optional<Foresight> foresight,
    Optional<DeadBand> deadBand,
    List<String> notes) {
  public Explanation {
    inputs = List.copyOf(inputs);
    proposals = List.copyOf(proposals);
    clamps = List.copyOf(clamps);
    notes = List.copyOf(notes);
  }

  /** Who may ask for replicas. */
  public enum Source {
    LIVE,
    SCHEDULE,
    FORECAST,
    MINIMUM,
    /** Keeps what there is while live demand is not known now. */
    PRESENT
  }

  /**
   * One figure that went in.
   *
   * @param name what it is
   * @param value as text, with "unknown" for what is not known
   * @param source where it comes from
   * @param age how old it is, where it was measured
   */
  public record Input(String name, String value, String source, Optional<Duration> age) {}

  /**
   * What one source asked for.
   *
   * @param source who
   * @param ask how much; empty if it asked for nothing
   * @param because the figures behind it
   */
  public record Proposal(Source source, Optional<Capacity> ask, String because) {}

  /** What may lower or override the largest proposal. */
  public enum Limit {
    QUOTA,
    CEILING,
    MAXIMUM,
    EXACT
  }

  /**
   * A limit that changed the count.
   *
   * @param limit which
   * @param before the replicas it found
   * @param after the replicas it left
   * @param because the figures behind it
   */
  public record Clamp(Limit limit, int before, int after, String because) {}

  /**
   * A wanted change too small for a HorizontalPodAutoscaler to follow.
   *
   * @param present the replicas it would keep
   * @param wanted the replicas decided
   * @param ratio served demand over what the present replicas carry
   * @param tolerance how far from 1 the ratio must be for it to act
   */
  public record DeadBand(int present, int wanted, double ratio, double tolerance) {
    @Override
    public String toString() {
      return "the wanted change from %d to %d replicas is in the dead band: the ratio %.3f is within %s"
              .formatted(present, wanted, ratio, tolerance)
          + " of 1, and a HorizontalPodAutoscaler would not follow";
    }
  }

  /** Returns the outcome in one line. */
  public String headline() {
    return ExplanationText.headline(this);
  }

  /** Returns the explanation as a table for people. */
  @Override
  public String toString() {
    return ExplanationText.of(this);
  }
}
