// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A text shared with one that only resembles it would give a pod another pod's values. */
final class SharedTextsTest {

  @Test
  void equalTexts_areOne() {
    SharedTexts texts = new SharedTexts(64);
    String first = texts.share(copy("coder-1"));

    assertThat(texts.share(copy("coder-1"))).isSameAs(first);
    assertThat(texts.share(Map.of(copy("pod"), copy("coder-1"))).get("pod")).isSameAs(first);
  }

  @Test
  void manyTextsInFewPlaces_areEachGivenBackAsTheyAre() {
    SharedTexts texts = new SharedTexts(2);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 1000; i++) {
        assertThat(texts.share("pod-" + i)).isEqualTo("pod-" + i);
      }
    }
  }

  @Test
  void longText_isNotKept() {
    SharedTexts texts = new SharedTexts(64);
    var _ = texts.share("x".repeat(200));

    String again = "x".repeat(200);
    assertThat(texts.share(again)).isSameAs(again);
  }

  @SuppressWarnings("StringCopy") // Another object of the same text is what is wanted.
  private static String copy(String text) {
    return new String(text);
  }
}
