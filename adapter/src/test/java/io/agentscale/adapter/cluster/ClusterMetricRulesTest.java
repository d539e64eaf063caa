// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.cluster.ClusterMetricRules.RuleId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A team that cannot see why its rule is refused will ask the platform's people, every time. */
final class ClusterMetricRulesTest {
  private static final String PATH = "/apis/agentscale.io/v1alpha1/scalingmetricrules";

  private final FakeApiServer api = new FakeApiServer();
  private final Map<RuleId, String> specs = new ConcurrentHashMap<>();
  private final List<RuleId> judged = new CopyOnWriteArrayList<>();
  private final ClusterMetricRules.Judge judge =
      new ClusterMetricRules.Judge() {
        @Override
        public Optional<String> judge(RuleId id, String spec) {
          specs.put(id, spec);
          judged.add(id);
          return id.name().equals("bad") ? Optional.of("spec.query: is bad") : Optional.empty();
        }

        @Override
        public void forget(RuleId id) {
          specs.remove(id);
        }
      };

  private static String rule(String name, int generation) {
    return """
    {"apiVersion":"agentscale.io/v1alpha1","kind":"ScalingMetricRule","metadata":{"name":"%s",
     "namespace":"team","uid":"u-%s","resourceVersion":"%d","generation":%d},
     "spec":{"metric":"load","query":"up"}}
    """
        .formatted(name, name, generation, generation)
        .replace("\n", "");
  }

  private static String event(String type, String object) {
    return "{\"type\":\"%s\",\"object\":%s}".formatted(type, object);
  }

  @AfterEach
  void tearDown() {
    api.close();
  }

  @Test
  void eachRule_isJudgedOnce_andToldItsVerdict() throws Exception {
    api.documents.put(
        PATH,
        """
        {"apiVersion":"agentscale.io/v1alpha1","kind":"ScalingMetricRuleList",
         "metadata":{"resourceVersion":"1"},"items":[%s,%s]}
        """
            .formatted(rule("good", 1), rule("bad", 1)));
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-20T20:26:59.5Z"));
    try (ClusterMetricRules _ = ClusterMetricRules.follow(api.connection(), clock, judge)) {
      String first = patch();
      String second = patch();
      String good = first.contains("/good/") ? first : second;
      String bad = first.contains("/good/") ? second : first;
      assertThat(good)
          .startsWith("application/apply-patch+yaml")
          .contains(
              "/apis/agentscale.io/v1alpha1/namespaces/team/scalingmetricrules/good/status",
              "fieldManager=agentscale",
              "force=true",
              "\"type\":\"Accepted\"",
              "\"status\":\"True\"",
              "\"observedGeneration\":1",
              "\"lastTransitionTime\":\"2026-11-20T20:26:59Z\"");
      assertThat(bad).contains("\"status\":\"False\"", "\"message\":\"spec.query: is bad\"");
      assertThat(specs.get(new RuleId("team", "good"))).contains("\"query\":\"up\"");

      // Our own status comes back as a change, with the same generation.
      api.watchEvents.add(event("MODIFIED", rule("good", 1).replace("\"1\"", "\"5\"")));
      api.watchEvents.add(event("MODIFIED", rule("bad", 2)));
      assertThat(patch()).contains("/bad/", "\"observedGeneration\":2");
      assertThat(judged.stream().filter(id -> id.name().equals("good"))).hasSize(1);

      api.watchEvents.add(event("DELETED", rule("good", 2)));
      await().until(() -> !specs.containsKey(new RuleId("team", "good")));
    }
  }

  private String patch() throws InterruptedException {
    String patch = api.patches.poll(20, TimeUnit.SECONDS);
    assertThat(patch).as("a status is written").isNotNull();
    return String.valueOf(patch);
  }
}
