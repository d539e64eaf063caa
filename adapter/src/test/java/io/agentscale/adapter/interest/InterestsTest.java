// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.interest;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.interest.Interest.External;
import io.agentscale.adapter.interest.Interest.OfObject;
import io.agentscale.adapter.interest.Interest.OfPods;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An interest misread is a query nobody needs; one that outlives its autoscaler is so for ever. */
final class InterestsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:00:00Z");
  private static final String MANIFEST =
      """
      {"spec": {"metrics": [
        {"type": "Resource", "resource": {"name": "cpu"}},
        {"type": "Pods", "pods": {"metric": {"name": "runs",
          "selector": {"matchLabels": {"z": "1"}, "matchExpressions": [
            {"key": "a", "operator": "In", "values": ["y", "x"]},
            {"key": "b", "operator": "NotIn", "values": ["x"]},
            {"key": "c", "operator": "Exists"},
            {"key": "d", "operator": "DoesNotExist"}]}}}},
        {"type": "Object", "object": {"metric": {"name": "requests"},
          "describedObject": {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
                              "name": "front"}}},
        {"type": "External", "external": {"metric": {"name": "queue",
          "selector": {"matchLabels": {"topic": "a"}}}}}]}}""";

  private final List<Interest> asked = new ArrayList<>();
  private Function<Interest, CompletionStage<Boolean>> outcome = _ -> completedStage(true);

  private final Interests interests = limitedTo(10);

  private Interests limitedTo(int most) {
    return new Interests(
        interest -> {
          asked.add(interest);
          return outcome.apply(interest);
        },
        most);
  }

  private static void keep(Interests interests, String name, String manifest) {
    try {
      JsonNode autoscaler = new JsonMapper().readTree(manifest);
      autoscaler.withObject("/metadata").put("namespace", "shop").put("name", name);
      interests.keep(autoscaler);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String external(String... names) {
    List<String> metrics = new ArrayList<>();
    for (String name : names) {
      metrics.add(
          "{\"type\": \"External\", \"external\": {\"metric\": {\"name\": \"%s\"}}}"
              .formatted(name));
    }
    return "{\"spec\": {\"metrics\": [" + String.join(",", metrics) + "]}}";
  }

  @Test
  void manifest_isReadAsTheControllerWillAsk() {
    keep(interests, "web", MANIFEST);
    interests.tick(NOW);
    assertThat(asked)
        .containsExactly(
            new OfPods("shop", "runs", LabelSelector.parse("a in (x,y),b notin (x),c,!d,z=1")),
            new OfObject(
                "shop",
                new GroupResource("networking.k8s.io", "ingress"),
                "front",
                "requests",
                LabelSelector.EVERYTHING),
            new External("shop", "queue", LabelSelector.parse("topic=a")));
    assertThat(interests.size()).isEqualTo(3);
  }

  @Test
  void oneMetricOfManyAutoscalers_isPreparedOnce_andAgainBeforeItIsForgotten() {
    keep(interests, "web", external("queue"));
    keep(interests, "api", external("queue"));
    interests.tick(NOW);
    interests.tick(NOW.plusSeconds(19));
    assertThat(asked).hasSize(1);
    interests.tick(NOW.plusSeconds(20));
    assertThat(asked).hasSize(2);
  }

  @Test
  void metricOfADeletedAutoscaler_isNoLongerPrepared() {
    keep(interests, "web", external("queue"));
    keep(interests, "api", external("queue"));
    interests.forget("shop", "web");
    interests.tick(NOW);
    assertThat(asked).hasSize(1);
    interests.forget("shop", "api");
    interests.tick(NOW.plusSeconds(60));
    assertThat(asked).hasSize(1);
    assertThat(interests.size()).isZero();
  }

  @Test
  void metricChangedInAnAutoscaler_takesTheOldOnesPlace() {
    keep(interests, "web", external("queue"));
    interests.tick(NOW);
    keep(interests, "web", external("lag"));
    interests.tick(NOW.plusSeconds(1));
    interests.tick(NOW.plusSeconds(30));
    assertThat(asked).extracting(Interest::metric).containsExactly("queue", "lag", "lag");
  }

  @Test
  void whatCannotBePreparedYet_isTriedAgainSoon() {
    outcome = _ -> completedStage(false);
    keep(interests, "web", external("queue"));
    interests.tick(NOW);
    interests.tick(NOW.plusSeconds(2));
    outcome = _ -> failedStage(new IllegalStateException("the source hangs"));
    interests.tick(NOW.plusSeconds(4));
    outcome = _ -> completedStage(true);
    interests.tick(NOW.plusSeconds(6));
    interests.tick(NOW.plusSeconds(8));
    assertThat(asked).hasSize(4);
  }

  @Test
  void metricsBeyondTheLimit_areLeftToTheirFirstQuestion() {
    Interests few = limitedTo(2);
    keep(few, "web", external("a", "b", "c"));
    few.tick(NOW);
    assertThat(asked).hasSize(2);
    assertThat(few.size()).isEqualTo(2);
  }
}
