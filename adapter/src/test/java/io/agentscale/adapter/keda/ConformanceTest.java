// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static io.agentscale.adapter.keda.Keda.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.keda.wire.GetMetricSpecResponse;
import io.agentscale.adapter.keda.wire.MetricSpec;
import io.agentscale.adapter.keda.wire.MetricValue;
import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.core.policy.QueueStep;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * KEDA takes an empty answer, a zero and NaN alike for "no load", and scales in: what is not known
 * must reach it as an error, and what is known to the last fraction.
 */
final class ConformanceTest {
  private static final ScaledObjectRef CODER = trigger("policy", "coder");

  private Keda keda;

  @BeforeEach
  void open() throws IOException {
    keda = new Keda();
  }

  @AfterEach
  void close() {
    keda.close();
  }

  private void post(TestPolicy policy, String demand) {
    keda.board.post(policy.known(demand, 1, keda.clock.instant()));
  }

  @Test
  void value_aboveZero_isInTheFraction_andRoundedUpInTheWhole() {
    post(TestPolicy.named("coder"), "37500m");

    MetricValue value = keda.value(CODER);

    assertThat(value.getMetricValueFloat()).isEqualTo(37.5);
    assertThat(value.getMetricValue()).isEqualTo(38);
  }

  @Test
  void value_belowOne_isNeverZeroForOldKeda() {
    post(TestPolicy.named("coder").fromZero("0", Duration.ofMinutes(5)), "1m");

    MetricValue value = keda.value(CODER);

    assertThat(value.getMetricValueFloat()).isEqualTo(0.001);
    assertThat(value.getMetricValue()).isEqualTo(1);
  }

  @Test
  void value_zeroThatIsKnown_isZeroInBoth() {
    post(TestPolicy.named("coder").fromZero("0", Duration.ofMinutes(5)), "0");

    MetricValue value = keda.value(CODER);

    assertThat(value.getMetricValueFloat()).isZero();
    assertThat(value.getMetricValue()).isZero();
  }

  @Test
  void value_isExactlyOne_underOurName() {
    post(TestPolicy.named("coder"), "30");

    var values = keda.blocking().getMetrics(Keda.question(CODER, "agentscale-coder"));

    assertThat(values.getMetricValuesList())
        .extracting(MetricValue::getMetricName)
        .containsExactly("agentscale-coder");
  }

  @Test
  void value_emptyMetricName_isTheOnlyOne() {
    post(TestPolicy.named("coder"), "30");

    assertThat(keda.blocking().getMetrics(Keda.question(CODER, "")).getMetricValuesCount())
        .isEqualTo(1);
  }

  @Test
  void value_unknownMetricName_isNotFound_neverAnEmptyList() {
    post(TestPolicy.named("coder"), "30");

    Status status =
        Keda.refused(() -> keda.blocking().getMetrics(Keda.question(CODER, "s0-agentscale-coder")));

    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status.getDescription()).contains("agentscale-coder");
  }

  @Test
  void unknownDemand_isUnavailable_withTheCause_inBothCalls() {
    keda.board.post(TestPolicy.named("coder").unknown(3, keda.clock.instant()));

    for (Status status : List.of(keda.valueRefused(CODER), keda.activityRefused(CODER))) {
      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).contains("Prometheus does not answer");
    }
  }

  @Test
  void undecided_isUnavailable() {
    keda.board.post(TestPolicy.named("coder").undecided());

    assertThat(keda.valueRefused(CODER).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(keda.activityRefused(CODER).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void decisionTooOld_isUnavailable_saysHowOld() {
    post(TestPolicy.named("coder"), "30");
    keda.clock.advance(Keda.BELIEVED.plusSeconds(1));

    Status status = keda.valueRefused(CODER);

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).contains("decided 61 s ago");
  }

  @Test
  void unknownPolicy_isNotFound_inEveryCall() {
    assertThat(
            Stream.of(
                keda.valueRefused(CODER),
                keda.activityRefused(CODER),
                Keda.refused(() -> keda.spec(CODER))))
        .allSatisfy(
            status -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(status.getDescription())
                  .contains("agents/coder", "kubectl get scalingpolicies -n agents");
            });
  }

  static Stream<TestPolicy> notFollowed() {
    return Stream.of(
        TestPolicy.named("coder").mode(Mode.PREVIEW),
        TestPolicy.named("coder").mode(Mode.PAUSED),
        TestPolicy.named("coder").actuation(new Actuation.OwnScale(QueueStep.DEFAULT)));
  }

  @ParameterizedTest
  @MethodSource
  void notFollowed(TestPolicy policy) {
    post(policy, "30");

    assertThat(keda.valueRefused(CODER).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(keda.activityRefused(CODER).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    // Its spec stays, so that KEDA's HorizontalPodAutoscaler does.
    assertThat(keda.spec(CODER).getTargetSize()).isEqualTo(12);
  }

  @Test
  void spec_isTheSame_whateverIsKnownOfTheValue() {
    TestPolicy policy = TestPolicy.named("coder").perReplica("1500m");
    keda.board.post(policy.undecided());
    MetricSpec before = keda.spec(CODER);
    keda.board.post(policy.known("30", 1, keda.clock.instant()));
    MetricSpec known = keda.spec(CODER);
    keda.board.post(policy.unknown(1, keda.clock.instant().plus(Duration.ofHours(1))));
    MetricSpec unknown = keda.spec(CODER);

    assertThat(List.of(known, unknown)).containsOnly(before);
    assertThat(before.getTargetSizeFloat()).isEqualTo(1.5);
    assertThat(before.getTargetSize()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coder",
        "a.b-c",
        "0.1",
        "very-long-name-of-a-policy-that-goes-on-and-on-and-on-until-nobody-reads-it"
      })
  void metricName_isOfLettersDigitsAndHyphens_andShort(String policy) {
    post(TestPolicy.named(policy), "1");

    assertThat(keda.spec(trigger("policy", policy)).getMetricName())
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
        .hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void metricStream_beginsWithTheSpec_thatGetMetricSpecGives_andFollowsIt() {
    TestPolicy policy = TestPolicy.named("coder");
    post(policy, "30");
    Heard<GetMetricSpecResponse> heard = new Heard<>();
    keda.async().streamMetricSpec(CODER, heard);
    Awaitility.await().until(() -> heard.messages().size() == 1);
    assertThat(heard.messages().getFirst()).isEqualTo(keda.blocking().getMetricSpec(CODER));

    post(policy, "31");
    post(policy.perReplica("20"), "31");

    Awaitility.await().until(() -> heard.messages().size() == 2);
    assertThat(heard.messages().getLast()).isEqualTo(keda.blocking().getMetricSpec(CODER));
    assertThat(heard.messages().getLast().getMetricSpecs(0).getTargetSize()).isEqualTo(20);
  }

  @Test
  void health_isServing_andReflectionListsTheScaler() {
    var health =
        HealthGrpc.newBlockingStub(keda.channel).check(HealthCheckRequest.getDefaultInstance());
    Heard<ServerReflectionResponse> heard = new Heard<>();
    var asked = ServerReflectionGrpc.newStub(keda.channel).serverReflectionInfo(heard);
    asked.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    asked.onCompleted();

    Awaitility.await().until(() -> heard.ended().isPresent());
    assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(heard.messages().getFirst().getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains("externalscaler.ExternalScaler", "grpc.health.v1.Health");
  }
}
