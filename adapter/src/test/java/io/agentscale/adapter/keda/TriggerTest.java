// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static io.agentscale.adapter.keda.Keda.trigger;
import static io.agentscale.adapter.keda.Keda.triggerIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.keda.wire.MetricSpec;
import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever may write a ScaledObject writes a trigger's metadata: it must not let them see another
 * team's load, and a slip in it must not pass for no load.
 */
final class TriggerTest {
  private Keda keda;

  @BeforeEach
  void open() throws IOException {
    keda = new Keda();
  }

  @AfterEach
  void close() {
    keda.close();
  }

  record Refused(String name, ScaledObjectRef trigger, Code code, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refused> refused() {
    return Stream.of(
        new Refused("neither", trigger(), Code.INVALID_ARGUMENT, "must have policy"),
        new Refused(
            "both", trigger("policy", "p", "metric", "m"), Code.INVALID_ARGUMENT, "has both"),
        new Refused(
            "no namespace of its own",
            triggerIn("", "policy", "p"),
            Code.INVALID_ARGUMENT,
            "scaledObjectRef.namespace"),
        new Refused(
            "no trigger at all",
            ScaledObjectRef.getDefaultInstance(),
            Code.INVALID_ARGUMENT,
            "scaledObjectRef.namespace"),
        new Refused(
            "misspelt",
            trigger("metric", "m", "target", "1", "activation_threshold", "3"),
            Code.INVALID_ARGUMENT,
            "did you mean activationThreshold?"),
        new Refused(
            "metric without target",
            trigger("metric", "m"),
            Code.INVALID_ARGUMENT,
            "metadata.target"),
        new Refused(
            "target of nothing",
            trigger("metric", "m", "target", "0"),
            Code.INVALID_ARGUMENT,
            "must be positive, was: 0"),
        new Refused(
            "target that is no quantity",
            trigger("metric", "m", "target", "many"),
            Code.INVALID_ARGUMENT,
            "metadata.target"),
        new Refused(
            "selector that is none",
            trigger("metric", "m", "target", "1", "selector", "a=(b"),
            Code.INVALID_ARGUMENT,
            "metadata.selector"),
        new Refused(
            "negative activation",
            trigger("metric", "m", "target", "1", "activationThreshold", "-1"),
            Code.INVALID_ARGUMENT,
            "must not be negative"),
        new Refused(
            "target beside a policy",
            trigger("policy", "p", "target", "1"),
            Code.INVALID_ARGUMENT,
            "a policy says it itself"),
        new Refused(
            "another team's policy",
            trigger("policy", "p", "namespace", "rivals"),
            Code.PERMISSION_DENIED,
            "keda.sharedNamespaces"),
        new Refused(
            "another team's metric",
            trigger("metric", "m", "target", "1", "namespace", "rivals"),
            Code.PERMISSION_DENIED,
            "keda.sharedNamespaces"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(Refused c) {
    keda.metrics.set("rivals/m", "1");
    keda.board.post(new TestPolicy("rivals", "p").known("1", 1, keda.clock.instant()));

    for (Status status :
        java.util.List.of(
            keda.valueRefused(c.trigger()),
            keda.activityRefused(c.trigger()),
            Keda.refused(() -> keda.spec(c.trigger())))) {
      assertThat(status.getCode()).isEqualTo(c.code());
      assertThat(status.getDescription()).contains(c.says());
    }
  }

  @Test
  void sharedNamespace_isForAll() {
    keda.board.post(new TestPolicy("shared", "p").known("24", 1, keda.clock.instant()));

    assertThat(keda.value(trigger("policy", "p", "namespace", "shared")).getMetricValue())
        .isEqualTo(24);
  }

  @Test
  void metric_isTheSumOfItsSeries_withTargetAndActivationOfTheTrigger() {
    keda.metrics.set("agents/agent_queue_depth", "2500m", "1");
    ScaledObjectRef trigger =
        trigger("metric", "agent_queue_depth", "target", "500m", "activationThreshold", "3500m");

    MetricSpec spec = keda.spec(trigger);

    assertThat(spec.getMetricName()).isEqualTo("agentscale-agent-queue-depth");
    assertThat(spec.getTargetSizeFloat()).isEqualTo(0.5);
    assertThat(spec.getTargetSize()).isEqualTo(1);
    assertThat(keda.value(trigger).getMetricValueFloat()).isEqualTo(3.5);
    assertThat(keda.value(trigger).getMetricValue()).isEqualTo(4);
    assertThat(keda.isActive(trigger)).as("3.5 is not above 3.5").isFalse();
    keda.metrics.set("agents/agent_queue_depth", "3501m");
    assertThat(keda.isActive(trigger)).isTrue();
  }

  @Test
  void metric_withoutAValue_isAnError_neverZero() {
    ScaledObjectRef trigger = trigger("metric", "m", "target", "1");

    keda.metrics.set("agents/m");
    assertThat(keda.valueRefused(trigger).getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(keda.activityRefused(trigger).getCode()).isEqualTo(Code.UNAVAILABLE);
    keda.metrics.set("agents/m", "-3");
    assertThat(keda.valueRefused(trigger).getCode()).isEqualTo(Code.UNAVAILABLE);
    keda.metrics.refuse("agents/m", Reason.SOURCE_FAILED, "Prometheus is gone");
    assertThat(keda.valueRefused(trigger).getDescription()).contains("Prometheus is gone");
    keda.metrics.refuse("agents/m", Reason.NO_SAMPLE, "no pod has it");
    assertThat(keda.valueRefused(trigger).getCode()).isEqualTo(Code.UNAVAILABLE);
    keda.metrics.refuse("agents/m", Reason.NOT_FOUND, "no such metric");
    assertThat(keda.valueRefused(trigger).getCode()).isEqualTo(Code.NOT_FOUND);
    keda.metrics.fail("agents/m", new IllegalStateException("broken pipe"));
    assertThat(keda.valueRefused(trigger).getDescription()).contains("broken pipe");
  }

  @Test
  void metric_whoseSourceHangs_isUnavailable_withinTheDeadline() {
    Status status = keda.valueRefused(trigger("metric", "hanging", "target", "1"));

    assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(status.getDescription()).contains("no answer within");
  }
}
