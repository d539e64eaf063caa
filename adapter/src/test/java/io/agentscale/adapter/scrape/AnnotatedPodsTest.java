// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.Pod;
import io.agentscale.adapter.cluster.PodIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The annotations users already have must find the same endpoints Prometheus finds by them. */
final class AnnotatedPodsTest {
  record Case(String name, Map<String, String> annotations, String address, List<String> urls) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> current() {
    return Stream.of(
        new Case("none", Map.of(), "10.0.0.1", List.of()),
        new Case("asked for not", Map.of("scrape", "false", "port", "1"), "10.0.0.1", List.of()),
        of("port alone", Map.of("port", "9090"), "http://10.0.0.1:9090/metrics"),
        of(
            "Spring",
            Map.of("port", "8080", "path", "/actuator/prometheus"),
            "http://10.0.0.1:8080/actuator/prometheus"),
        of("no slash", Map.of("port", "1", "path", "m?x=y"), "http://10.0.0.1:1/m?x=y"),
        of("https", Map.of("port", "8443", "scheme", "HTTPS"), "https://10.0.0.1:8443/metrics"),
        of("another host in the path", Map.of("port", "1", "path", "@h/"), "http://10.0.0.1:1/@h/"),
        of("no port", Map.of()),
        of("port of words", Map.of("port", "http")),
        of("port too high", Map.of("port", "65536")),
        of("port zero", Map.of("port", "0")),
        of("odd scheme", Map.of("port", "1", "scheme", "file")),
        of("odd path", Map.of("port", "1", "path", "/a b")),
        new Case(
            "IPv6",
            Map.of("prometheus.io/scrape", "true", "prometheus.io/port", "1"),
            "fd00::1",
            List.of("http://[fd00::1]:1/metrics")),
        new Case(
            "no address yet",
            Map.of("prometheus.io/scrape", "true", "prometheus.io/port", "1"),
            "",
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void current(Case c) {
    AnnotatedPods pods =
        new AnnotatedPods(new FixedPods(List.of(pod("a", c.address, c.annotations))));

    assertThat(pods.current())
        .allSatisfy(target -> assertThat(target.namespace() + target.pod()).isEqualTo("nsa"))
        .extracting(target -> target.url().toString())
        .isEqualTo(c.urls);
  }

  @Test
  void current_oneBadPod_doesNotHideTheOthers() {
    Map<String, String> good = Map.of("prometheus.io/scrape", "true", "prometheus.io/port", "1");
    AnnotatedPods pods =
        new AnnotatedPods(
            new FixedPods(
                List.of(
                    pod("bad", "10.0.0.1", Map.of("prometheus.io/scrape", "true")),
                    pod("good", "10.0.0.1", good))));

    assertThat(pods.current()).extracting(ScrapeTarget::pod).containsExactly("good");
  }

  private static Pod pod(String name, String address, Map<String, String> annotations) {
    return new Pod(
        new ClusterObject(Optional.of("ns"), name, Map.of(), annotations),
        Optional.of(address).filter(known -> !known.isEmpty()),
        Optional.of("Running"),
        true,
        false,
        List.of());
  }

  private record FixedPods(List<Pod> pods) implements PodIndex {
    @Override
    public boolean arePodsSynced() {
      return true;
    }
  }

  private static Case of(String name, Map<String, String> annotations, String... urls) {
    Map<String, String> prefixed = new HashMap<>(Map.of("prometheus.io/scrape", "true"));
    annotations.forEach((key, value) -> prefixed.put("prometheus.io/" + key, value));
    return new Case(name, prefixed, "10.0.0.1", List.of(urls));
  }
}
