// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What an HPA recommended in the past, before stabilization and limits.
 *
 * <p>A new entry takes the slot of one expired entry, so the list is not ordered in time; expired
 * entries that found no successor stay and count again should a window be lengthened.
 */
public final class RecommendationHistory {
  static final RecommendationHistory NONE = new RecommendationHistory(new Recommendation[0]);
  private static final int NO_SLOT = -1;

  // Never changed after construction.
  private final Recommendation[] entries;

  private RecommendationHistory(Recommendation[] entries) {
    this.entries = entries;
  }

  /**
   * One recommendation.
   *
   * @param replicas recommended
   * @param at when
   */
  public record Recommendation(int replicas, Instant at) {}

  public static RecommendationHistory of(List<Recommendation> entries) {
    return new RecommendationHistory(entries.toArray(Recommendation[]::new));
  }

  public List<Recommendation> entries() {
    return List.of(entries);
  }

  boolean isEmpty() {
    return entries.length == 0;
  }

  /** Returns the highest of {@code replicas} and the entries not before the cutoff. */
  int highestNotBefore(Instant cutoff, int replicas) {
    int highest = replicas;
    for (Recommendation entry : entries) {
      if (entry.replicas > highest && !entry.at.isBefore(cutoff)) {
        highest = entry.replicas;
      }
    }
    return highest;
  }

  /** Returns the highest of {@code replicas} and the entries after the cutoff. */
  int highestAfter(Instant cutoff, int replicas) {
    int highest = replicas;
    for (Recommendation entry : entries) {
      if (entry.replicas > highest && entry.at.isAfter(cutoff)) {
        highest = entry.replicas;
      }
    }
    return highest;
  }

  /** Returns the lowest of {@code replicas} and the entries after the cutoff. */
  int lowestAfter(Instant cutoff, int replicas) {
    int lowest = replicas;
    for (Recommendation entry : entries) {
      if (entry.replicas < lowest && entry.at.isAfter(cutoff)) {
        lowest = entry.replicas;
      }
    }
    return lowest;
  }

  /**
   * Returns this history with a new entry in the last slot expired at the cutoff, or at the end.
   */
  RecommendationHistory with(int replicas, Instant now, Instant cutoff) {
    int slot = lastBefore(cutoff);
    boolean append = slot == NO_SLOT;
    Recommendation[] copy = Arrays.copyOf(entries, append ? entries.length + 1 : entries.length);
    copy[append ? entries.length : slot] = new Recommendation(replicas, now);
    return new RecommendationHistory(copy);
  }

  private int lastBefore(Instant cutoff) {
    for (int i = entries.length - 1; i >= 0; i--) {
      if (entries[i].at.isBefore(cutoff)) {
        return i;
      }
    }
    return NO_SLOT;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecommendationHistory history
        && Arrays.equals(entries, history.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return Arrays.toString(entries);
  }
}
