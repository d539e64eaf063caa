// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Conditions that stay as they are are not written anew, which must show nowhere. */
final class StatusDraftTest {
  private static final List<String> TYPES =
      List.of(Condition.ABLE_TO_SCALE, Condition.SCALING_ACTIVE, Condition.SCALING_LIMITED);
  private static final List<String> STATUSES = List.of(Condition.TRUE, Condition.FALSE);
  private static final List<String> TEXTS = List.of("", "a", "ab", "b", "aba");

  private final SplittableRandom random = new SplittableRandom(5);

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  /** The rule, written down plainly. */
  private static void set(List<Condition> conditions, Condition to, Instant now) {
    for (int i = 0; i < conditions.size(); i++) {
      Condition old = conditions.get(i);
      if (old.type().equals(to.type())) {
        Optional<Instant> since = old.status().equals(to.status()) ? old.since() : Optional.of(now);
        conditions.set(i, new Condition(to.type(), to.status(), to.reason(), to.message(), since));
        return;
      }
    }
    conditions.add(to);
  }

  @Test
  void set_inAnyOrder_isThePlainRule() {
    HpaStatus stored = HpaStatus.INITIAL;
    Instant now = HpaFixture.START;
    for (int run = 0; run < 2_000; run++) {
      now = now.plus(Duration.ofSeconds(15));
      StatusDraft draft = new StatusDraft(stored, now);
      List<Condition> expected = new ArrayList<>(stored.conditions());
      for (int i = random.nextInt(6); i > 0; i--) {
        String type = any(TYPES);
        String status = any(STATUSES);
        String reason = any(TEXTS);
        String message = any(TEXTS);
        String rest = any(TEXTS);
        draft.set(type, status, reason, message, rest);
        var to = new Condition(type, status, reason, message + rest, Optional.of(now));
        set(expected, to, now);
      }
      HpaStatus changed = draft.complete(1, 1, List.of());
      assertThat(changed.conditions()).isEqualTo(expected);
      stored = changed;
    }
  }
}
