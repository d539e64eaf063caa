// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.sample.AnswerMemory.Made;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An answer given again must be the same object, and never one made of something else. */
final class AnswerMemoryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AnswerMemory<String, Object> memory = new AnswerMemory<>(4, answer -> 1);
  private final Object source = new Object();

  @Test
  void sameSource_sameAnswer() {
    assertThat(answer("a", source, NOW)).isSameAs(answer("a", source, NOW));
    assertThat(answer("b", source, NOW)).isNotSameAs(answer("a", source, NOW));
  }

  @Test
  void otherSource_isMadeAnew() {
    Object first = answer("a", source, NOW);
    assertThat(answer("a", new Object(), NOW)).isNotSameAs(first);
  }

  @Test
  void timeOver_isMadeAnew() {
    Object first = answer("a", source, NOW);
    assertThat(answer("a", source, NOW.plusSeconds(1))).isSameAs(first);
    assertThat(answer("a", source, NOW.plusMillis(1001))).isNotSameAs(first);
  }

  @Test
  void tooHeavy_forgetsTheIdlest() {
    Object first = answer("a", source, NOW);
    Object second = answer("b", source, NOW);
    assertThat(answer("a", source, NOW)).isSameAs(first);
    var _ = answer("c", source, NOW);
    assertThat(memory.size()).isEqualTo(2);
    assertThat(answer("a", source, NOW)).isSameAs(first);
    assertThat(answer("b", source, NOW)).isNotSameAs(second);
  }

  private Object answer(String question, Object from, Instant now) {
    return memory.get(question, from, now, () -> new Made<>(new Object(), NOW.plusSeconds(1)));
  }
}
