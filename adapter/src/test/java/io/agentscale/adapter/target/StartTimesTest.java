// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.TargetView.MeasuredLead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lead that is too short has capacity come late; one that is too long pays for idle replicas. */
final class StartTimesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final StartTimes starts = new StartTimes();

  private static TargetPod pod(String uid, Instant created, Optional<Instant> ready, int restarts) {
    return new TargetPod(
        uid,
        "pod-" + uid,
        Map.of(),
        Optional.empty(),
        created,
        ready,
        false,
        restarts,
        Optional.empty());
  }

  private static TargetPod ready(String uid, Instant created, int seconds) {
    return pod(uid, created, Optional.of(created.plusSeconds(seconds)), 0);
  }

  private static TargetPod waiting(String uid, Instant created) {
    return pod(uid, created, Optional.empty(), 0);
  }

  @Test
  void noStart_noLead() {
    starts.observe(List.of(waiting("a", NOW)));

    assertThat(starts.measured(NOW)).isEmpty();
  }

  @Test
  void nineOfTen_tookAtMostThat() {
    starts.observe(
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> ready("p" + i, NOW.minusSeconds(1000), i * 10))
            .toList());

    assertThat(starts.measured(NOW)).contains(new MeasuredLead(Duration.ofSeconds(90), 10));
  }

  @Test
  void podSeenTwice_countsOnce_andAReadinessThatComesBackNever() {
    starts.observe(List.of(waiting("a", NOW)));
    starts.observe(List.of(ready("a", NOW, 60)));
    starts.observe(List.of(ready("a", NOW, 60)));
    starts.observe(List.of(waiting("a", NOW)));
    starts.observe(List.of(ready("a", NOW, 600)));

    assertThat(starts.measured(NOW)).contains(new MeasuredLead(Duration.ofSeconds(60), 1));
  }

  @Test
  void podThatVanishesFromViewAndComesBack_countsOnce() {
    starts.observe(List.of(ready("a", NOW, 60)));
    starts.observe(List.of());
    starts.observe(List.of(ready("a", NOW, 90)));

    assertThat(starts.measured(NOW)).contains(new MeasuredLead(Duration.ofSeconds(60), 1));
  }

  @Test
  void restartedPod_countsOnlyIfItsFirstStartWasSeen() {
    TargetPod restarted = pod("a", NOW, Optional.of(NOW.plusSeconds(1800)), 1);
    starts.observe(List.of(restarted));
    assertThat(starts.measured(NOW)).as("first seen after a restart").isEmpty();

    starts.observe(List.of(pod("b", NOW, Optional.empty(), 2)));
    starts.observe(List.of(pod("b", NOW, Optional.of(NOW.plusSeconds(100)), 2)));
    assertThat(starts.measured(NOW))
        .as("crashed on its way to its first readiness")
        .contains(new MeasuredLead(Duration.ofSeconds(100), 1));
  }

  @Test
  void startBeyondAnHour_isAFault() {
    starts.observe(List.of(ready("a", NOW, 3601)));
    assertThat(starts.measured(NOW)).isEmpty();

    starts.observe(List.of(ready("b", NOW, 3600)));
    assertThat(starts.measured(NOW)).contains(new MeasuredLead(Duration.ofHours(1), 1));
  }

  @Test
  void clocksThatDisagree_makeNoNegativeLead() {
    starts.observe(List.of(ready("a", NOW, -2)));

    assertThat(starts.measured(NOW)).contains(new MeasuredLead(Duration.ofSeconds(5), 1));
  }

  @Test
  void startsOfLongAgo_standInUntilThereAreNewerOnes() {
    Instant longAgo = NOW.minus(Duration.ofDays(8));
    starts.observe(List.of(ready("old", longAgo, 300)));
    assertThat(starts.measured(NOW)).contains(new MeasuredLead(Duration.ofMinutes(5), 1));

    starts.observe(List.of(ready("old", longAgo, 300), ready("new", NOW.minusSeconds(60), 20)));
    assertThat(starts.measured(NOW)).contains(new MeasuredLead(Duration.ofSeconds(20), 1));
  }

  /** The same answer as from the whole history, whatever the order of what is seen. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomLives_areMeasuredAsByHand(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, TargetPod> pods = new HashMap<>();
    List<TargetPod> first = new ArrayList<>();
    Instant now = NOW;
    for (int step = 0; step < 400; step++) {
      now = now.plusSeconds(random.nextInt(3600));
      String uid = "p" + step;
      pods.put(uid, waiting(uid, now));
      for (TargetPod pod : List.copyOf(pods.values())) {
        String one = pod.uid();
        if (random.nextInt(6) == 0) {
          pods.remove(one);
        } else if (!pod.isReady() && random.nextInt(2) == 0) {
          TargetPod ready = pod(one, pod.created(), Optional.of(now), random.nextInt(2));
          pods.put(one, ready);
          boolean again = first.stream().anyMatch(known -> known.uid().equals(one));
          first.addAll(again ? List.of() : List.of(ready));
        } else if (pod.isReady() && random.nextInt(9) == 0) {
          pods.put(one, waiting(one, pod.created()));
        }
      }
      starts.observe(pods.values());
      assertThat(starts.measured(now)).isEqualTo(byHand(first, now));
    }
  }

  private static Optional<MeasuredLead> byHand(List<TargetPod> first, Instant now) {
    List<TargetPod> counted =
        first.stream()
            .filter(pod -> took(pod).compareTo(StartTimes.LONGEST) <= 0)
            .sorted(Comparator.comparing((TargetPod pod) -> pod.readySince().orElseThrow()))
            .toList();
    counted =
        counted.subList(Math.max(0, counted.size() - StartTimes.MOST_STARTS), counted.size());
    Instant oldest = now.minus(StartTimes.RECENT);
    List<TargetPod> recent =
        counted.stream().filter(pod -> pod.readySince().orElseThrow().isAfter(oldest)).toList();
    List<Duration> times =
        (recent.isEmpty() ? counted : recent)
            .stream().map(StartTimesTest::took).sorted().toList();
    if (times.isEmpty()) {
      return Optional.empty();
    }
    Duration p90 =
        times.stream()
            .filter(
                time ->
                    times.stream().filter(other -> other.compareTo(time) <= 0).count()
                        >= 0.9 * times.size())
            .findFirst()
            .orElseThrow();
    return Optional.of(
        new MeasuredLead(
            p90.compareTo(StartTimes.SHORTEST) < 0 ? StartTimes.SHORTEST : p90, times.size()));
  }

  private static Duration took(TargetPod pod) {
    return Duration.between(pod.created(), pod.readySince().orElseThrow());
  }
}
