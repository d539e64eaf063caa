// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.simulations.replay.TimelineRow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Thinning that loses a spike hides exactly what the reader looks for. */
final class ThinnedTimelineTest {
  private final List<TimelineRow> rows = ResultFixture.rows(15, 5760);

  @Test
  void fewRows_areAllThere() {
    ThinnedTimeline timeline = new ThinnedTimeline(rows.subList(0, 50), 100);

    assertThat(timeline.times()).hasSize(50);
    assertThat(timeline.values(TimelineRow::demand))
        .containsExactly(rows.subList(0, 50).stream().mapToDouble(TimelineRow::demand).toArray());
  }

  @Test
  void manyRows_keepTheirOnlySpike() {
    ThinnedTimeline timeline = new ThinnedTimeline(rows, 400);

    assertThat(timeline.times()).hasSizeLessThanOrEqualTo(400).isSorted();
    assertThat(timeline.values(TimelineRow::queued)).hasSameSizeAs(timeline.times()).contains(77);
  }

  @Test
  void manyRows_keepLeastAndGreatestOfEverySpan() {
    ThinnedTimeline timeline = new ThinnedTimeline(rows, 7);
    double[] all = rows.stream().mapToDouble(TimelineRow::demand).toArray();
    double[] kept = timeline.values(TimelineRow::demand);

    assertThat(Arrays.stream(kept).min()).isEqualTo(Arrays.stream(all).min());
    assertThat(Arrays.stream(kept).max()).isEqualTo(Arrays.stream(all).max());
    assertThat(timeline.values(all)).containsExactly(kept);
  }

  @Test
  void times_ascend_whateverTheSpan() {
    for (int most = 2; most < 60; most++) {
      double[] times = new ThinnedTimeline(rows.subList(0, 50), most).times();
      assertThat(times).as("at most %d", most).isSorted().hasSizeLessThanOrEqualTo(most + 2);
    }
  }
}
