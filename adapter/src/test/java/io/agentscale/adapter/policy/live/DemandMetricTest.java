// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The number an autoscaler gets must be the one decided, and where there is none, a reason. */
final class DemandMetricTest {
  private static final ResourceKind DEPLOYMENTS =
      ResourceMapper.wellKnown().resolve(new GroupResource("apps", "deployments")).orElseThrow();

  private final LoopScene scene = new LoopScene();
  private final DemandMetric metric =
      new DemandMetric(
          scene.board, LoopSettings.DEFAULT.period(), () -> scene.allTold, () -> scene.now);

  @BeforeEach
  void running() {
    scene.loop.defined(Policies.coder());
    scene.loop.defined(Policies.named("reviewer"));
    scene.demand(100);
    scene.step();
  }

  @Test
  void external_isWhatWasDecided_withTheTimeItWasMeasured() {
    assertThat(external("policy=coder"))
        .isEqualTo(
            new Answer.Values<>(
                List.of(
                    new ExternalMetricValue(
                        Optional.of(Map.of("policy", "coder")),
                        Quantity.of(100),
                        scene.latest(Policies.coder().key()).at(),
                        Optional.empty()))));
  }

  @Test
  void object_isThatOfItsPolicy() {
    assertThat(metric.servesObjects(DEPLOYMENTS, "agentscale_demand")).isTrue();
    assertThat(metric.catalog().objectMetrics())
        .containsExactly(
            new ObjectMetric(new GroupResource("apps", "deployments"), true, "agentscale_demand"));
    assertThat(metric.catalog().externalMetrics()).containsExactly("agentscale_demand");
    Answer<ObjectMetricValue> answer = object("coder", LabelSelector.EVERYTHING);
    if (!(answer instanceof Answer.Values<ObjectMetricValue>(List<ObjectMetricValue> items))) {
      throw new AssertionError("no values: " + answer);
    }
    assertThat(items)
        .singleElement()
        .returns(Quantity.of(100), ObjectMetricValue::value)
        .returns("coder", value -> value.object().name());
    refused(object("planner", LabelSelector.EVERYTHING), Reason.NOT_FOUND, "are coder, reviewer");
  }

  @Test
  void withoutSelector_orAnUnknownPolicy_namesThoseThereAre() {
    refused(external(""), Reason.NOT_FOUND, "are coder, reviewer");
    refused(external("policy=planner"), Reason.NOT_FOUND, "are coder, reviewer");
    refused(external("policy in (coder, reviewer)"), Reason.BAD_REQUEST, "2 policies");
    refused(
        metric
            .externalValues(
                new ExternalMetricQuery(
                    "elsewhere", "agentscale_demand", LabelSelector.parse("policy=coder")))
            .toCompletableFuture()
            .join(),
        Reason.NOT_FOUND,
        "no policy in namespace elsewhere");
  }

  @Test
  void previewAndPaused_serveNothing() {
    for (PolicyDefinition.Mode mode :
        List.of(PolicyDefinition.Mode.PREVIEW, PolicyDefinition.Mode.PAUSED)) {
      scene.loop.defined(Policies.inMode(Policies.coder(), mode));
      scene.step();
      refused(external("policy=coder"), Reason.NO_SAMPLE, "serves no demand");
    }
  }

  @Test
  void shadow_isAnsweredInPreview_andNobodyElseIs() {
    scene.loop.defined(Policies.inMode(Policies.coder(), PolicyDefinition.Mode.PREVIEW));
    scene.demand(100);
    scene.step();
    Answer<ExternalMetricValue> shadow = external("policy=coder,shadow=true");
    assertThat(shadow).isInstanceOf(Answer.Values.class);
    assertThat(shadow.toString()).contains("shadow=true", "policy=coder");
    refused(external("policy=coder"), Reason.NO_SAMPLE, "mode Preview");
    refused(external("policy=coder,shadow=false"), Reason.NOT_FOUND, "no policy");

    scene.loop.defined(Policies.inMode(Policies.coder(), PolicyDefinition.Mode.PAUSED));
    scene.step();
    refused(external("policy=coder,shadow=true"), Reason.NO_SAMPLE, "mode Paused");
  }

  @Test
  void beforeAllPoliciesAreTold_oneThatIsMissing_isNotSaidToBeNone() {
    scene.allTold = false;
    refused(external("policy=planner"), Reason.UNAVAILABLE, "not all read yet");
    refused(object("planner", LabelSelector.EVERYTHING), Reason.UNAVAILABLE, "not all read yet");
    assertThat(external("policy=coder")).isInstanceOf(Answer.Values.class);
    ResourceKind pods =
        ResourceMapper.wellKnown().resolve(new GroupResource("", "pods")).orElseThrow();
    assertThat(metric.servesObjects(pods, "agentscale_demand")).isTrue();
    assertThat(metric.servesObjects(pods, "another")).isFalse();
    scene.allTold = true;
    assertThat(metric.servesObjects(pods, "agentscale_demand")).isFalse();
  }

  @Test
  void unknown_undecidedRefusedOrStuck_isAnErrorWithItsCause() {
    scene.unknown("Prometheus is gone");
    scene.pass(Duration.ofMinutes(6));
    refused(external("policy=coder"), Reason.SOURCE_FAILED, "Prometheus is gone");

    scene.now = scene.now.plus(Duration.ofMinutes(2));
    refused(external("policy=coder"), Reason.SOURCE_FAILED, "last decided 1");

    scene.now = scene.now.minus(Duration.ofMinutes(9));
    refused(external("policy=coder"), Reason.SOURCE_FAILED, "last decided -");

    scene.loop.refused(
        new PolicyKey("agent-prod", "coder"), "uid", 2, List.of("spec.maxReplicas: must be 1"));
    scene.loop.defined(Policies.named("new"));
    scene.loop.tick(scene.now);
    refused(external("policy=coder"), Reason.SOURCE_FAILED, "spec.maxReplicas: must be 1");
  }

  private Answer<ExternalMetricValue> external(String selector) {
    return metric
        .externalValues(
            new ExternalMetricQuery(
                "agent-prod", "agentscale_demand", LabelSelector.parse(selector)))
        .toCompletableFuture()
        .join();
  }

  private Answer<ObjectMetricValue> object(String name, LabelSelector selector) {
    return metric
        .objectValues(
            new ObjectQuestion(
                DEPLOYMENTS,
                Optional.of("agent-prod"),
                List.of(name),
                "agentscale_demand",
                selector))
        .toCompletableFuture()
        .join();
  }

  private static void refused(Answer<?> answer, Reason reason, String cause) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.cause()).contains(cause);
            });
  }
}
