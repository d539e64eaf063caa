// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.apiservice.provider.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** How long answers are given again, and how many are kept. */
final class AnswerLife {
  /** Of all answers kept together; some 200 bytes each. */
  static final int MOST_VALUES = 100_000;

  /** Ages, objects and held values go on while a fetch stays the same; this is their resolution. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private AnswerLife() {}

  static int size(Answer<?> answer) {
    return answer instanceof Answer.Values<?>(List<?> items) ? items.size() : 0;
  }

  /** Returns until when an answer holds: a moment, and no longer than its oldest sample may. */
  static <T> Instant end(Rule rule, List<T> items, Function<T, Instant> at, Instant now) {
    Instant end = now.plus(LONGEST);
    if (rule.values().maxAge().isEmpty()) {
      return end;
    }
    return items.stream()
        .map(item -> at.apply(item).plus(rule.values().maxAge().get()))
        .min(Instant::compareTo)
        .filter(end::isAfter)
        .orElse(end);
  }
}
