// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.actuate.shadow.ShadowKeeper;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.controlplane.ShippedRoles;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.schedule.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A permission too few fails in production only; one too many is a way in. */
final class PermissionsTest {
  private static final Path ROLE = Path.of("..", "deploy", "components", "actuation", "rbac.yaml");
  private static final Instant TEN = Fixture.TEN;

  private final Set<String> needed = new TreeSet<>();

  @Test
  void component_allowsWhatIsAsked_andNoMore() {
    holdOnAnHpa_andProtectPods();
    holdOnAScaledObject();
    ownScale();
    shadow();

    Set<String> allowed = allowed();
    assertThat(needed).isSubsetOf(allowed);
    // Targets of other kinds are asked just as Deployments are.
    allowed.removeIf(permission -> permission.matches(".*(replicasets|statefulsets)/scale"));
    assertThat(allowed).isEqualTo(needed);
  }

  private void holdOnAnHpa_andProtectPods() {
    Fixture fixture = fixture();
    fixture.putHpa(2, 40);
    fixture.scaleIn = new ScaleIn(true, Duration.ofMinutes(1));
    fixture.pod("busy", Map.of());
    fixture.runs = new Reading.Measured(Map.of("busy", new Runs(1, Optional.empty())));
    fixture.during(Target.floor(3));
    fixture.act(TEN);
    assertThat(fixture.min()).isEqualTo(3);
    assertThat(fixture.cost("busy")).isEqualTo("10");
  }

  private void holdOnAScaledObject() {
    Fixture fixture = fixture();
    fixture.cluster.put(
        Fixture.SCALED_OBJECT,
        "{\"kind\":\"ScaledObject\",\"spec\":{\"scaleTargetRef\":{\"name\":\"coder\"}}}");
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(60));
  }

  private void ownScale() {
    Fixture fixture = fixture();
    fixture.actuation =
        new Actuation.OwnScale(
            new QueueStep(10, 2, new ReplicaBounds(1, 9), Duration.ofMinutes(2)));
    fixture.demand = OptionalDouble.of(99);
    fixture.act(TEN);
    assertThat(fixture.replicas()).isEqualTo(6);
  }

  private void shadow() {
    Fixture fixture = fixture();
    String path = "/apis/agentscale.io/v1alpha1/namespaces/prod/scalingshadows/shadow";
    ObjectNode shadow = FakeCluster.JSON.createObjectNode().put("kind", "ScalingShadow");
    shadow.putObject("spec").putObject("targetRef").put("name", "coder");
    fixture.cluster.put(path, shadow.toString());
    fixture.cluster.put(path + "/status", "{}");
    ObjectNode list = FakeCluster.JSON.createObjectNode();
    list.putArray("items").add(fixture.cluster.object(path));
    fixture.cluster.put("/apis/agentscale.io/v1alpha1/scalingshadows", list.toString());
    ClusterApi api = watched(fixture.cluster);
    TargetScales scales = new TargetScales(api, ResourceMapper.wellKnown());
    assertThat(new ShadowKeeper(api, scales).tick(TEN)).isEqualTo(1);
  }

  private Fixture fixture() {
    Fixture fixture = new Fixture();
    fixture.putWorkload(5);
    fixture.through(watched(fixture.cluster));
    return fixture;
  }

  private ClusterApi watched(ClusterApi api) {
    return new ClusterApi() {
      @Override
      public JsonNode get(String path) {
        needed.add(permission("get", path));
        return api.get(path);
      }

      @Override
      public JsonNode apply(String path, ObjectNode object) {
        needed.add(permission("patch", path));
        return api.apply(path, object);
      }

      @Override
      public JsonNode merge(String path, ObjectNode patch) {
        needed.add(permission("patch", path));
        return api.merge(path, patch);
      }
    };
  }

  private static String permission(String verb, String path) {
    String[] parts = path.replaceFirst("\\?.*", "").substring(1).split("/", -1);
    boolean isCore = parts[0].equals("api");
    String group = isCore ? "" : parts[1];
    int at = isCore ? 2 : 3;
    boolean isNamed = parts[at].equals("namespaces");
    if (!isNamed) {
      return "list " + group + "/" + parts[at];
    }
    String sub = parts.length > at + 4 ? "/" + parts[at + 4] : "";
    return verb + " " + group + "/" + parts[at + 2] + sub;
  }

  private static Set<String> allowed() {
    Set<String> allowed = new TreeSet<>();
    for (JsonNode rule : ShippedRoles.manifests(ROLE).getFirst().path("rules")) {
      for (JsonNode verb : rule.path("verbs")) {
        for (JsonNode resource : rule.path("resources")) {
          allowed.add(
              verb.asText()
                  + " "
                  + rule.path("apiGroups").get(0).asText()
                  + "/"
                  + resource.asText());
        }
      }
    }
    return allowed;
  }
}
