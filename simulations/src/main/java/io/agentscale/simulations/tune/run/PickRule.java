// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How one of a front is chosen; late runs are those of a bad day. */
public enum PickRule {
  /** The cheapest with no more late runs on a bad day than allowed. */
  CHEAPEST("cheapest", "the cheapest with at most %s %% late on a bad day") {
    @Override
    <T extends Priced> Optional<T> pick(List<T> front, Worth present, double allowedLatePercent) {
      return front.stream()
          .filter(each -> each.worth().badDayPercent() <= allowedLatePercent)
          .min(BY_COST);
    }
  },
  /** The one with the fewest late runs that costs no more than the present settings. */
  FEWEST_LATE("fewest-late", "the fewest late at no more than the present cost") {
    @Override
    <T extends Priced> Optional<T> pick(List<T> front, Worth present, double allowedLatePercent) {
      return front.stream()
          .filter(each -> each.worth().costRatio() <= present.costRatio())
          .min(BY_LATE);
    }
  },
  /** The one nearest to the least cost and the fewest late runs of the front, each from 0 to 1. */
  KNEE("knee", "the knee of the front") {
    @Override
    <T extends Priced> Optional<T> pick(List<T> front, Worth present, double allowedLatePercent) {
      double cheapest = front.stream().mapToDouble(e -> e.worth().costRatio()).min().orElse(0);
      double dearest = front.stream().mapToDouble(e -> e.worth().costRatio()).max().orElse(0);
      double fewest = front.stream().mapToDouble(e -> e.worth().badDayPercent()).min().orElse(0);
      double most = front.stream().mapToDouble(e -> e.worth().badDayPercent()).max().orElse(0);
      return front.stream()
          .min(
              Comparator.comparingDouble(
                  each ->
                      Math.hypot(
                          place(each.worth().costRatio(), cheapest, dearest),
                          place(each.worth().badDayPercent(), fewest, most))));
    }
  };

  /** Something of a front. */
  interface Priced {
    Worth worth();
  }

  static final Comparator<Priced> BY_COST =
      Comparator.<Priced>comparingDouble(each -> each.worth().costRatio())
          .thenComparingDouble(each -> each.worth().badDayPercent());
  static final Comparator<Priced> BY_LATE =
      Comparator.<Priced>comparingDouble(each -> each.worth().badDayPercent())
          .thenComparingDouble(each -> each.worth().costRatio());

  private final String word;
  private final String meaning;

  PickRule(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  /** Returns the choice; empty if none of the front qualifies. */
  abstract <T extends Priced> Optional<T> pick(
      List<T> front, Worth present, double allowedLatePercent);

  private static double place(double value, double low, double high) {
    return high > low ? (value - low) / (high - low) : 0;
  }

  /** Says the rule for people. */
  public String text(double allowedLatePercent) {
    return meaning.formatted(allowedLatePercent);
  }

  /**
   * Reads it as it is written on a command line.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static PickRule of(String word) {
    return Arrays.stream(values())
        .filter(rule -> rule.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of %s, was: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(rule -> rule.word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }
}
