// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyCondition.Status;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.schedule.Target;
import io.agentscale.core.policy.LiveDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The user's own autoscaler is changed: what is not given back exactly, or fought over with its
 * owner, costs trust or money.
 */
final class ExactFloorTest {
  private static final Instant TEN = Fixture.TEN;

  private final Fixture fixture = new Fixture();

  @BeforeEach
  void workload() {
    fixture.putWorkload(5);
    fixture.putHpa(2, 40);
  }

  @Test
  void floorOfASchedule_isHeld_andRememberedInTheSameWrite() {
    fixture.during(Target.floor(10));
    Outcomes done = fixture.act(TEN);

    assertThat(fixture.min()).isEqualTo(10);
    assertThat(fixture.max()).isEqualTo(40);
    assertThat(fixture.cluster.writes).containsExactly("apply " + Fixture.HPA);
    assertThat(annotation())
        .isEqualTo(
            "{\"v\":1,\"policy\":\"coder\",\"uid\":\"uid-1\",\"min\":{\"user\":2,\"ours\":10}}");
    assertThat(done.floorHeld().status()).isEqualTo(Status.TRUE);
    assertThat(done.floorHeld().message())
        .isEqualTo(
            "minReplicas 10 instead of the user's 2, on HorizontalPodAutoscaler prod/coder-hpa:"
                + " day: floor 10");
    assertThat(done.outcome().actions())
        .containsExactly(
            "minReplicas of HorizontalPodAutoscaler prod/coder-hpa: 2 to 10 (day: floor 10)");
    assertThat(done.conflict().status()).isEqualTo(Status.FALSE);
  }

  @Test
  void whatIsSoAlready_isNeitherReadNorWritten() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.cluster.writes.clear();
    fixture.cluster.reads = 0;

    for (int i = 1; i <= 20; i++) {
      assertThat(fixture.act(TEN.plusSeconds(15L * i)).floorHeld().status()).isEqualTo(Status.TRUE);
    }

    assertThat(fixture.cluster.writes).isEmpty();
    assertThat(fixture.cluster.reads).isZero();
  }

  @Test
  void afterTheWindow_allIsAsBefore() {
    JsonNode before = fixture.cluster.object(Fixture.HPA).path("spec").deepCopy();
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.schedules = List.of();
    Outcomes done = fixture.act(TEN.plusSeconds(60));

    assertThat(fixture.cluster.object(Fixture.HPA).path("spec")).isEqualTo(before);
    assertThat(fixture.isHeld()).isFalse();
    assertThat(fixture.cluster.object(Fixture.HPA).at("/metadata/labels")).isEmpty();
    assertNothingIsOurs();
    assertThat(done.floorHeld().status()).isEqualTo(Status.FALSE);
    assertThat(done.floorHeld().reason()).isEqualTo("NotNeeded");
  }

  @Test
  void ceiling_lowersMaximum_andMinimumWithIt() {
    fixture.putHpa(6, 40);
    fixture.during(Target.ceiling(4));
    fixture.act(TEN);
    assertThat(fixture.min()).isEqualTo(4);
    assertThat(fixture.max()).isEqualTo(4);

    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(60));
    assertThat(fixture.min()).isEqualTo(6);
    assertThat(fixture.max()).isEqualTo(40);
  }

  @Test
  void exactSchedule_setsBoth_andACeilingThatEndsFirstIsGivenBackAlone() {
    fixture.during(new Target.Exact(7));
    fixture.act(TEN);
    assertThat(fixture.min()).isEqualTo(7);
    assertThat(fixture.max()).isEqualTo(7);

    fixture.during(Target.floor(9));
    fixture.act(TEN.plusSeconds(60));
    assertThat(fixture.min()).isEqualTo(9);
    assertThat(fixture.max()).isEqualTo(40);
    assertThat(annotation()).contains("\"min\"").doesNotContain("\"max\"");
    assertThat(owners().areOurs("minReplicas")).isTrue();
    assertThat(owners().areOurs("maxReplicas")).isFalse();
  }

  @Test
  void ceilingOfZero_leavesOneToAnAutoscalerThatTakesNoLess() {
    fixture.during(Target.ceiling(0));
    fixture.act(TEN);
    assertThat(fixture.min()).isEqualTo(1);
    assertThat(fixture.max()).isEqualTo(1);
  }

  @Test
  void userMaximum_isNeverRaised_andTheGapIsTold() {
    fixture.putHpa(2, 8);
    fixture.during(Target.floor(10));
    Outcomes done = fixture.act(TEN);

    assertThat(fixture.min()).isEqualTo(8);
    assertThat(fixture.max()).isEqualTo(8);
    assertThat(done.outcome().warnings())
        .containsExactly(
            "the floor of 10 replicas is above maxReplicas 8 of the HorizontalPodAutoscaler:"
                + " raise it");
  }

  @Test
  void userMinimumAboveTheFloor_isLeftAlone() {
    fixture.putHpa(12, 40);
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void liveDemandUnknown_neverLowersAHeldFloor() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.demand = OptionalDouble.empty();
    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(60));
    assertThat(fixture.min()).isEqualTo(10);

    fixture.demand = OptionalDouble.of(1);
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.min()).isEqualTo(2);
  }

  @Test
  void userEdit_isTakenForTheUsersValue_andGivenBackInTheEnd() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.cluster.edit("kubectl-edit", Fixture.HPA, "{\"spec\":{\"minReplicas\":4}}");
    Outcomes done = fixture.act(TEN.plusSeconds(60));

    assertThat(fixture.min()).isEqualTo(10);
    assertThat(annotation()).contains("\"min\":{\"user\":4,\"ours\":10}");
    assertThat(done.outcome().actions().getFirst())
        .isEqualTo(
            "kubectl-edit changed minReplicas of HorizontalPodAutoscaler prod/coder-hpa from our"
                + " 10 to 4: taken for the user's value from now on");

    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.min()).isEqualTo(4);
  }

  @Test
  void userEditOfAFieldThatIsNotHeld_standsAsItIs() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.cluster.edit("kubectl-edit", Fixture.HPA, "{\"spec\":{\"maxReplicas\":30}}");
    fixture.act(TEN.plusSeconds(60));
    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.min()).isEqualTo(2);
    assertThat(fixture.max()).isEqualTo(30);
  }

  @Test
  void userValuesThatContradictEachOther_areGivenBackAsFarAsTheyCan() {
    fixture.putHpa(20, 40);
    fixture.during(new Target.Exact(5));
    fixture.act(TEN);
    fixture.cluster.edit("kubectl-edit", Fixture.HPA, "{\"spec\":{\"maxReplicas\":15}}");
    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(60));
    assertThat(fixture.min()).isEqualTo(15);
    assertThat(fixture.max()).isEqualTo(15);
    assertThat(fixture.isHeld()).isFalse();
  }

  @Test
  void anotherWriterThatInsists_getsItsWay_andIsNamed() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    String back = "{\"spec\":{\"minReplicas\":2}}";
    fixture.cluster.edit("argocd-controller", Fixture.HPA, back);
    assertThat(fixture.act(TEN.plusSeconds(60)).conflict().status()).isEqualTo(Status.FALSE);
    fixture.cluster.edit("argocd-controller", Fixture.HPA, back);
    // Counted across a restart too.
    fixture.restart();
    Outcomes done = fixture.act(TEN.plusSeconds(120));

    assertThat(done.conflict().status()).isEqualTo(Status.TRUE);
    assertThat(done.conflict().message()).contains("argocd-controller changed minReplicas");
    assertThat(done.floorHeld().status()).isEqualTo(Status.FALSE);
    assertThat(fixture.min()).isEqualTo(2);
    assertThat(fixture.isHeld()).isFalse();
    assertNothingIsOurs();

    fixture.cluster.writes.clear();
    assertThat(fixture.act(TEN.plusSeconds(180)).conflict().status()).isEqualTo(Status.TRUE);
    assertThat(fixture.cluster.writes).isEmpty();
    // An hour later, or with a new spec, it is tried again.
    fixture.generation = 2;
    assertThat(fixture.act(TEN.plusSeconds(240)).conflict().status()).isEqualTo(Status.FALSE);
    assertThat(fixture.min()).isEqualTo(10);
  }

  @Test
  void overwritesFarApart_areNoFight() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    for (int i = 1; i <= 4; i++) {
      Instant then = TEN.plus(Duration.ofMinutes(11L * i));
      fixture.cluster.edit("kubectl-edit", Fixture.HPA, "{\"spec\":{\"minReplicas\":" + i + "}}");
      assertThat(fixture.act(then).conflict().status()).isEqualTo(Status.FALSE);
      assertThat(fixture.min()).isEqualTo(10);
    }
  }

  @Test
  void pausePreviewAndMetric_giveBack() {
    fixture.during(Target.floor(10));
    List<Runnable> endings =
        List.of(
            () -> fixture.mode = Mode.PAUSED,
            () -> fixture.mode = Mode.PREVIEW,
            () -> fixture.actuation = new Actuation.Metric());
    for (Runnable ending : endings) {
      fixture.mode = Mode.ENFORCE;
      fixture.actuation = new Actuation.ExactFloor();
      fixture.act(TEN);
      assertThat(fixture.min()).isEqualTo(10);
      ending.run();
      fixture.act(TEN.plusSeconds(60));
      assertThat(fixture.min()).isEqualTo(2);
      assertThat(fixture.isHeld()).isFalse();
    }
  }

  @Test
  void preview_writesNothing_everAfter() {
    fixture.during(Target.floor(10));
    fixture.mode = Mode.PREVIEW;
    for (int i = 0; i < 10; i++) {
      fixture.act(TEN.plusSeconds(15L * i));
    }
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void policyDeleted_givesBack_evenIfItHappenedWhileNobodyLooked() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.actuator.release(fixture.policy(), TEN.plusSeconds(60));
    assertThat(fixture.min()).isEqualTo(2);

    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.min()).isEqualTo(10);
    fixture.restart();
    assertThat(fixture.actuator.sweep(Set.of(Fixture.KEY), TEN.plusSeconds(180)).actions())
        .isEmpty();
    assertThat(fixture.min()).isEqualTo(10);
    assertThat(fixture.actuator.sweep(Set.of(), TEN.plusSeconds(240)).actions()).hasSize(1);
    assertThat(fixture.min()).isEqualTo(2);
    assertNothingIsOurs();
  }

  @Test
  void releaseThatFails_isToldSoThatItIsTriedAgain() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.cluster.failure = Optional.of(500);
    assertThatThrownBy(() -> fixture.actuator.release(fixture.policy(), TEN.plusSeconds(60)))
        .isInstanceOf(ControlPlaneException.class);
    fixture.cluster.failure = Optional.empty();
    fixture.actuator.release(fixture.policy(), TEN.plusSeconds(120));
    assertThat(fixture.min()).isEqualTo(2);
  }

  @Test
  void apiServerGoneForAnHour_changesNothing_andIsCaughtUpWith() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    TargetView.Known lastSeen = fixture.view();
    fixture.cluster.failure = Optional.of(0);
    fixture.schedules = List.of();
    for (int i = 1; i <= 240; i++) {
      Outcomes done = fixture.act(lastSeen, TEN.plusSeconds(15L * i));
      assertThat(done.outcome().warnings()).isNotEmpty();
    }
    assertThat(fixture.min()).isEqualTo(10);
    fixture.cluster.failure = Optional.empty();
    fixture.act(TEN.plusSeconds(3700));
    assertThat(fixture.min()).isEqualTo(2);
  }

  @Test
  void notAllowed_saysWhatAllowsIt() {
    fixture.during(Target.floor(10));
    fixture.cluster.failure = Optional.of(403);
    Outcomes done = fixture.act(TEN);
    assertThat(done.outcome().warnings().getFirst())
        .contains("deploy/components/actuation allows it");
    assertThat(done.outcome().conditions())
        .filteredOn(condition -> condition.type() == PolicyCondition.Type.FLOOR_HELD)
        .extracting(condition -> condition.status() + " " + condition.reason())
        .containsExactly("UNKNOWN CallFailed");
  }

  @Test
  void changedBetweenReadAndWrite_isTriedOnWhatItIsNow() {
    fixture.during(Target.floor(10));
    fixture.cluster.beforeWrite =
        () -> {
          fixture.cluster.beforeWrite = () -> {};
          fixture.cluster.edit("kubectl-edit", Fixture.HPA, "{\"spec\":{\"minReplicas\":3}}");
        };
    fixture.act(TEN);
    assertThat(fixture.min()).isEqualTo(10);
    assertThat(annotation()).contains("\"min\":{\"user\":3,\"ours\":10}");
  }

  @Test
  void autoscalerGone_isForgotten_andANewOneStartsAnew() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    TargetView.Known lastSeen = fixture.view();
    fixture.cluster.delete(Fixture.HPA);
    fixture.schedules = List.of();
    fixture.act(lastSeen, TEN.plusSeconds(60));
    fixture.during(Target.floor(10));
    assertThat(fixture.act(TEN.plusSeconds(90)).floorHeld().reason()).isEqualTo("NoAutoscaler");
    fixture.putHpa(3, 30);
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.min()).isEqualTo(10);
    assertThat(annotation()).contains("\"user\":3");
  }

  @Test
  void anotherPolicysAutoscaler_isNotTouched() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.cluster.edit(
        "x",
        Fixture.HPA,
        "{\"metadata\":{\"annotations\":{\"agentscale.io/held\":"
            + "\"{\\\"v\\\":1,\\\"policy\\\":\\\"other\\\",\\\"uid\\\":\\\"u\\\"}\"}}}");
    fixture.restart();
    fixture.cluster.writes.clear();
    Outcomes done = fixture.act(TEN.plusSeconds(60));
    assertThat(done.conflict().message()).contains("held by the policy other");
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void severalAutoscalers_areAConflict_andAllIsGivenBack() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.cluster.put(
        Fixture.SCALED_OBJECT,
        "{\"kind\":\"ScaledObject\",\"spec\":{\"scaleTargetRef\":{\"name\":\"coder\"}}}");
    Outcomes done = fixture.act(TEN.plusSeconds(60));
    assertThat(done.conflict().reason()).isEqualTo("SeveralAutoscalers");
    assertThat(fixture.min()).isEqualTo(2);
  }

  @Test
  void hpaOfKeda_isHeldOnItsScaledObject_whereAbsentValuesAreGivenBackAsAbsent() {
    fixture.cluster.edit(
        "keda-operator",
        Fixture.HPA,
        "{\"metadata\":{\"labels\":{\"scaledobject.keda.sh/name\":\"coder\"}}}");
    fixture.cluster.put(
        Fixture.SCALED_OBJECT,
        "{\"kind\":\"ScaledObject\",\"spec\":{\"scaleTargetRef\":{\"name\":\"coder\"}}}");
    fixture.minReplicas = 0;
    fixture.during(Target.range(10, 30));
    Outcomes done = fixture.act(TEN);

    assertThat(done.conflict().status()).isEqualTo(Status.FALSE);
    JsonNode spec = fixture.cluster.object(Fixture.SCALED_OBJECT).path("spec");
    assertThat(spec.path("minReplicaCount").asInt()).isEqualTo(10);
    assertThat(spec.path("maxReplicaCount").asInt()).isEqualTo(30);
    assertThat(fixture.min()).isEqualTo(2);

    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(60));
    spec = fixture.cluster.object(Fixture.SCALED_OBJECT).path("spec");
    assertThat(spec.has("minReplicaCount")).isFalse();
    assertThat(spec.has("maxReplicaCount")).isFalse();
  }

  @Test
  void annotationLost_thePolicysMinimumStandsIn() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    fixture.cluster.edit(
        "x", Fixture.HPA, "{\"metadata\":{\"annotations\":{\"agentscale.io/held\":null}}}");
    fixture.restart();
    assertThat(fixture.act(TEN.plusSeconds(60)).outcome().warnings().getFirst())
        .contains("the policy's 2 is taken for the user's");
    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.min()).isEqualTo(2);
  }

  @Test
  void annotationUnreadable_isLeftAlone_andSaid() {
    fixture.during(Target.floor(10));
    fixture.cluster.edit(
        "x", Fixture.HPA, "{\"metadata\":{\"annotations\":{\"agentscale.io/held\":\"{\"}}}");
    assertThat(fixture.act(TEN).outcome().warnings().getFirst())
        .contains("must be as agentscale wrote it (JSON)");
    assertThat(fixture.min()).isEqualTo(2);
  }

  @Test
  void targetUnknown_keepsWhatIsHeld() {
    fixture.during(Target.floor(10));
    fixture.act(TEN);
    var decision = fixture.decide(5, TEN);
    var record =
        new io.agentscale.adapter.policy.DecisionRecord(
            Fixture.KEY,
            TEN,
            5,
            5,
            new LiveDemand.Unknown("test", "of no matter here"),
            decision,
            Optional.empty(),
            Optional.empty(),
            List.of());
    Outcomes done =
        new Outcomes(
            fixture.actuator.act(
                fixture.policy(), new TargetView.Unknown("not listed yet"), record, TEN));
    assertThat(done.floorHeld().status()).isEqualTo(Status.UNKNOWN);
    assertThat(fixture.min()).isEqualTo(10);
  }

  private String annotation() {
    return fixture
        .cluster
        .object(Fixture.HPA)
        .path("metadata")
        .path("annotations")
        .path(Keepsake.NAME)
        .asText();
  }

  private FieldOwners owners() {
    return new FieldOwners(fixture.cluster.object(Fixture.HPA).at("/metadata/managedFields"));
  }

  private void assertNothingIsOurs() {
    assertThat(owners().managedFields().toString()).doesNotContain("\"agentscale\"");
  }
}
