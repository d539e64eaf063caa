// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.metric.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pods labelled as the one before them are not matched anew, which must show nowhere. */
final class TargetPodsTest {
  private static final List<Map<String, String>> LABELS =
      List.of(
          Map.of(),
          Map.of("app", "agent"),
          Map.of("app", "agent", "track", "canary"),
          Map.of("app", "other"));

  @Test
  void isSelected_anyPods_isWhatTheSelectorSays() {
    LabelSelector selector = LabelSelector.parse("app=agent");
    var random = new SplittableRandom(7);
    for (int run = 0; run < 500; run++) {
      List<PodGroup> groups = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        Map<String, String> labels = LABELS.get(random.nextInt(LABELS.size()));
        groups.add(PodGroup.running(1, labels, HpaFixture.START, List.of()));
      }
      TargetPods pods = new TargetPods(groups, selector);
      for (int i = 0; i < groups.size(); i++) {
        assertThat(pods.isSelected(i)).isEqualTo(selector.matches(groups.get(i).labels()));
      }
      assertThat(pods.isEmpty())
          .isEqualTo(groups.stream().noneMatch(group -> selector.matches(group.labels())));
    }
  }
}
