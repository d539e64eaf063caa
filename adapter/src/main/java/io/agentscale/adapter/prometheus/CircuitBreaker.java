// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import io.agentscale.adapter.sample.StageFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spares a source that does not work, and those who wait for it.
 *
 * <p>After {@code failures} in a row the source is left alone for a pause, which doubles up to
 * {@code longestPause}; questions meanwhile fail at once with the last cause. When the pause is
 * over, one question goes through: its success ends the trouble, its failure begins the next pause.
 * At most {@code inFlight} questions are with the source at one time.
 *
 * <p>A question that was not answered in time may itself be the reason. While nothing but that
 * happened, each question that was not tried yet is let through: one that asks for too much hides
 * no other.
 */
public final class CircuitBreaker {

  /**
   * When to stop asking.
   *
   * @param failures in a row that begin a pause
   * @param firstPause how long the first pause is
   * @param longestPause how long pauses can become
   * @param inFlight most questions at one time
   */
  public record Limits(int failures, Duration firstPause, Duration longestPause, int inFlight) {
    /** A source that comes back is asked within five seconds, a third of an autoscaler's period. */
    public static final Limits DEFAULT =
        new Limits(5, Duration.ofMillis(500), Duration.ofSeconds(5), 512);

    public Limits {
      if (failures < 1 || inFlight < 1) {
        throw new IllegalArgumentException(
            "failures, inFlight: must be at least 1, were: " + failures + ", " + inFlight);
      }
      if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
        throw new IllegalArgumentException(
            "longestPause: must be at least firstPause, was: " + longestPause + " < " + firstPause);
      }
    }
  }

  /** What a failure speaks against. */
  public enum Blame {
    /** The source as a whole. */
    SOURCE,
    /** The source, or this question, which may be too much for it. */
    SOURCE_OR_QUESTION,
    /** This question only, such as one that is refused: the source works. */
    QUESTION
  }

  /** More questions than these that go unanswered are the source's fault. */
  private static final int MOST_SUSPECTS = 1_000;

  private final InstantSource clock;
  private final Limits limits;
  private final Function<Throwable, Blame> judge;
  private final Set<Object> suspects = new HashSet<>();
  private boolean sourceBlamed;
  private int inFlight;
  private int failedInARow;
  private boolean probing;
  private Duration pause;
  private Instant pausedUntil = Instant.MIN;
  private @Nullable Throwable lastFailure;

  /**
   * Creates a breaker that lets questions through.
   *
   * @param judge what a failure speaks against
   */
  public CircuitBreaker(InstantSource clock, Limits limits, Function<Throwable, Blame> judge) {
    this.clock = clock;
    this.limits = limits;
    this.judge = judge;
    this.pause = limits.firstPause();
  }

  /**
   * Asks the source, or fails at once with the reason for not asking.
   *
   * @param identity what tells this question from others
   */
  public <T> CompletionStage<T> ask(
      Object identity, Supplier<? extends CompletionStage<T>> question) {
    boolean probe;
    synchronized (this) {
      boolean spared = isTroubled() && !isUntried(identity);
      SourceRestingException refusal = refusal(spared, clock.instant());
      if (refusal != null) {
        return CompletableFuture.failedStage(refusal);
      }
      probe = spared;
      probing |= probe;
      inFlight++;
    }
    return start(question).whenComplete((_, failure) -> ended(identity, probe, failure));
  }

  private @Nullable SourceRestingException refusal(boolean spared, Instant now) {
    if (inFlight >= limits.inFlight()) {
      return new SourceRestingException(
          inFlight + " questions are waiting for Prometheus already; ask again shortly", null);
    }
    if (spared && (probing || now.isBefore(pausedUntil))) {
      String cause = lastFailure == null ? "no cause is known" : "" + lastFailure.getMessage();
      return new SourceRestingException(
          "%s; %d failures in a row, so it is asked only once every %.1f s"
              .formatted(cause, failedInARow, pause.toMillis() / 1e3),
          lastFailure);
    }
    return null;
  }

  private boolean isTroubled() {
    return failedInARow >= limits.failures();
  }

  private boolean isUntried(Object identity) {
    return !sourceBlamed && suspects.size() < MOST_SUSPECTS && !suspects.contains(identity);
  }

  private static <T> CompletionStage<T> start(Supplier<? extends CompletionStage<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private synchronized void ended(Object identity, boolean probe, @Nullable Throwable failure) {
    inFlight--;
    probing &= !probe;
    Throwable cause = failure == null ? null : StageFailure.cause(failure);
    Blame blame = cause == null ? Blame.QUESTION : judge.apply(cause);
    if (blame == Blame.QUESTION) {
      failedInARow = 0;
      pause = limits.firstPause();
      sourceBlamed = false;
      suspects.clear();
      return;
    }
    sourceBlamed |= blame == Blame.SOURCE;
    suspects.add(identity);
    lastFailure = cause;
    boolean before = isTroubled();
    failedInARow++;
    if (!before && isTroubled()) {
      pausedUntil = clock.instant().plus(pause);
    } else if (probe) {
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : doubled;
      pausedUntil = clock.instant().plus(pause);
    }
  }
}
