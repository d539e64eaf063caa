// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Misses drawn from a shared stream would make engines, and policies, see different clusters. */
final class ScrapeMissesTest {
  private static final PodListener NOBODY =
      new PodListener() {
        @Override
        public void serve(double now, int pod) {}

        @Override
        public void drain(double now, int pod) {}

        @Override
        public void kill(double now, int pod) {}

        @Override
        public double runs(int pod) {
          return 0;
        }
      };

  private static Fleet fleet(int replicas) {
    var fleet =
        new Fleet(
            Cluster.of(replicas, new Distribution.Constant(0)), new RandomStream(1, 1), NOBODY);
    fleet.begin();
    return fleet;
  }

  private static MetricsLag lag(double missing, int rateScrapes, int gaugeScrapes) {
    Duration interval = Duration.ofSeconds(15);
    return new MetricsLag(
        interval,
        interval.multipliedBy(rateScrapes),
        Duration.ZERO,
        interval.multipliedBy(gaugeScrapes),
        missing,
        List.of());
  }

  private static List<Misses> scrapes(MetricsLag lag, Fleet fleet, long seed, int count) {
    var misses = new ScrapeMisses(lag, fleet, seed);
    List<Misses> all = new ArrayList<>();
    for (int scrape = 0; scrape < count; scrape++) {
      all.add(misses.scrape(scrape));
    }
    return all;
  }

  private static double share(List<Misses> scrapes, Misses.Kind kind, int pods) {
    return scrapes.stream().mapToInt(each -> each.of(kind).size()).average().orElseThrow() / pods;
  }

  @Test
  void share_isWhatWasAskedFor() {
    List<Misses> scrapes = scrapes(lag(0.2, 2, 0), fleet(50), 7, 2000);
    assertThat(share(scrapes, Misses.Kind.GAUGE, 50)).isCloseTo(0.2, within(0.005));
    // A rate takes both scrapes of its window.
    assertThat(share(scrapes, Misses.Kind.RATE, 50)).isCloseTo(1 - 0.8 * 0.8, within(0.005));
  }

  @Test
  void longerWindows_bridgeAMissedScrape() {
    List<Misses> scrapes = scrapes(lag(0.2, 4, 2), fleet(50), 7, 2000);
    assertThat(share(scrapes, Misses.Kind.GAUGE, 50)).isCloseTo(0.2 * 0.2, within(0.003));
    // None or one of four.
    double few = Math.pow(0.2, 4) + 4 * 0.8 * Math.pow(0.2, 3);
    assertThat(share(scrapes, Misses.Kind.RATE, 50)).isCloseTo(few, within(0.003));
  }

  @Test
  void nothingMissing_isAlwaysTheSameNothing() {
    assertThat(scrapes(lag(0, 2, 0), fleet(5), 7, 10))
        .allSatisfy(misses -> assertThat(misses).isSameAs(Misses.NONE));
  }

  @Test
  void samePods_areMissedWhateverElseThereIs() {
    MetricsLag lag = lag(0.3, 2, 0);
    List<Misses> few = scrapes(lag, fleet(4), 7, 100);
    List<Misses> many = scrapes(lag, fleet(40), 7, 100);
    for (int i = 0; i < few.size(); i++) {
      Set<Long> among = new HashSet<>(many.get(i).gauges());
      among.removeIf(number -> number >= 4);
      assertThat(among).isEqualTo(few.get(i).gauges());
    }
    assertThat(scrapes(lag, fleet(4), 8, 100)).isNotEqualTo(few);
  }

  @Test
  void newPod_inThePlaceOfAnother_wasNotMissedBefore() {
    Fleet fleet = fleet(1);
    var misses = new ScrapeMisses(lag(0.9, 2, 2), fleet, 7);
    int scrape = 0;
    while (misses.scrape(scrape).gauges().isEmpty()) {
      scrape++;
    }
    fleet.scaleTo(0, 0);
    fleet.gone(0, 0);
    fleet.scaleTo(0, 1);
    fleet.advance(2);
    assertThat(fleet.state(0)).isEqualTo(PodState.SERVING);
    assertThat(fleet.number(0)).isEqualTo(1);
    assertThat(misses.scrape(scrape + 1).gauges()).isEmpty();
  }
}
