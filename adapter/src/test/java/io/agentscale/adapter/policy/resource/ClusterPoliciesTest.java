// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.adapter.policy.PolicyKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that is told late, twice or not at all is a workload scaled by yesterday's wish. */
final class ClusterPoliciesTest {
  private static final String POLICIES =
      "/apis/agentscale.io/v1alpha1/namespaces/team/scalingpolicies/";
  private static final String CALENDAR = "/api/v1/namespaces/team/configmaps/holidays";

  @TempDir private Path directory;
  private final TestControlPlane cluster = new TestControlPlane();
  private final ToldPolicies told = new ToldPolicies();
  private ClusterPolicies policies;

  @BeforeEach
  void connect() {
    policies =
        ClusterPolicies.connect(
            ClusterConnection.find(Optional.of(cluster.kubeconfig(directory))),
            Set.of(),
            true,
            InstantSource.system());
  }

  @AfterEach
  void disconnect() {
    policies.close();
    cluster.close();
  }

  private void put(String name, int generation, String more) {
    cluster.put(
        POLICIES + name,
        """
        {"apiVersion":"agentscale.io/v1alpha1","kind":"ScalingPolicy",
         "metadata":{"name":"%s","namespace":"team","generation":%d,"labels":{"a":"b"}},
         "spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"coder"},
                 "maxReplicas":40,"demand":{"preset":"agent-concurrency","perReplica":"12"}%s},
         "status":{"replicas":3}}
        """
            .formatted(name, generation, more));
  }

  private void putCalendar(String day) {
    cluster.put(
        CALENDAR,
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"holidays","namespace":"team",
         "labels":{"agentscale.io/calendar":"true"}},"data":{"calendar.ics":"%s"}}
        """
            .formatted(
                "BEGIN:VCALENDAR\\\\nVERSION:2.0\\\\nPRODID:x\\\\nBEGIN:VEVENT\\\\nUID:1\\\\nDTSTAMP:20260101T000000Z\\\\nDTSTART;VALUE=DATE:%s\\\\nEND:VEVENT\\\\nEND:VCALENDAR\\\\n"
                    .formatted(day)
                    .replace("\\\\", "\\")));
  }

  private static final String CLOSED =
      ",\"schedules\":[{\"name\":\"day\",\"timeZone\":\"UTC\",\"start\":\"0 9 * * *\","
          + "\"duration\":\"9h\",\"replicas\":{\"floor\":9},\"exclude\":[\"calendar:holidays\"]}]";

  private void awaitTold(String... lines) {
    await().untilAsserted(() -> assertThat(told.told).containsExactly(lines));
  }

  @Test
  void lifeOfAPolicy_isToldInOrder_andItsStatusIsNotAChange() {
    put("coder", 1, "");
    policies.start(told);
    await().until(policies::isSynced);
    awaitTold("defined coder 1");
    assertThat(told.definitions.getFirst().uid()).startsWith("uid-of-");
    assertThat(policies.status(new PolicyKey("team", "coder")).orElseThrow().path("replicas"))
        .hasToString("3");

    put("coder", 1, "");
    put("coder", 2, ",\"hold\":\"1m\",\"fieldOfTomorrow\":{}");
    put("coder", 3, ",\"hold\":\"soon\"");
    put("coder", 4, "");
    cluster.delete(POLICIES + "coder");
    awaitTold(
        "defined coder 1",
        "defined coder 2",
        "refused coder 3: spec.hold: must be a length of time such as 9h, 1h30m or 14d, was: soon",
        "defined coder 4",
        "removed coder");
    assertThat(policies.status(new PolicyKey("team", "coder"))).isEmpty();
  }

  @Test
  void queryWhoseReachCannotBeTold_isRefusedWithItsField() {
    cluster.put(POLICIES + "inside", asking("sum(rate(work_total{queue=\\\"a\\\"}[5m]))"));
    cluster.put(POLICIES + "beyond", asking("info(up)"));
    policies.start(told);
    await().until(policies::isSynced);
    await().until(() -> told.told.size() == 2);
    assertThat(told.told)
        .contains("defined inside 1")
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("refused beyond 1: spec.demand.query: must be a query that can be")
                    .contains("namespace team"));
  }

  private static String asking(String promql) {
    return """
    {"apiVersion":"agentscale.io/v1alpha1","kind":"ScalingPolicy",
     "metadata":{"name":"%s","namespace":"team","generation":1},
     "spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"coder"},
             "maxReplicas":40,"demand":{"query":"%s","perReplica":"12"}}}
    """
        .formatted(promql.startsWith("info") ? "beyond" : "inside", promql);
  }

  @Test
  void whatHappensWhileTheWatchIsAway_isToldAfterwards() {
    put("one", 1, "");
    put("two", 1, "");
    policies.start(told);
    await().until(policies::isSynced);
    cluster.failure = Optional.of(503);
    cluster.endWatches();
    cluster.delete(POLICIES + "one");
    put("three", 1, "");
    cluster.failure = Optional.empty();
    await()
        .untilAsserted(
            () ->
                assertThat(told.told)
                    .contains("removed one", "defined three 1")
                    .doesNotHaveDuplicates());
  }

  @Test
  void changedCalendar_isToldAsAChangeOfItsPolicies() {
    putCalendar("20261001");
    put("closed", 1, CLOSED);
    put("open", 1, "");
    policies.start(told);
    await().until(policies::isSynced);
    await().untilAsserted(() -> assertThat(told.told).contains("defined closed 1"));
    assertThat(floor("2026-10-01T10:00:00Z")).isEqualTo(1);
    assertThat(floor("2026-10-02T10:00:00Z")).isEqualTo(9);
    int before = told.told.size();

    putCalendar("20261002");
    await().until(() -> told.told.size() > before);
    assertThat(floor("2026-10-01T10:00:00Z")).isEqualTo(9);
    assertThat(floor("2026-10-02T10:00:00Z")).isEqualTo(1);
    assertThat(told.told.stream().filter("defined open 1"::equals)).hasSize(1);

    cluster.delete(CALENDAR);
    await()
        .untilAsserted(
            () ->
                assertThat(List.copyOf(told.told).getLast())
                    .isEqualTo(
                        "refused closed 1: spec.schedules[0].exclude[0]: must name a ConfigMap of"
                            + " namespace team with the label agentscale.io/calendar (there is"
                            + " none), was: holidays"));
  }

  @Test
  void calendarsThatMayNotBeRead_refuseOnlyThosePoliciesThatNameOne() {
    putCalendar("20261001");
    put("closed", 1, CLOSED);
    put("open", 1, "");
    cluster.roles.withhold("configmaps");
    policies.start(told);
    await()
        .untilAsserted(
            () ->
                assertThat(told.told)
                    .contains("defined open 1")
                    .anyMatch(
                        line ->
                            line.startsWith(
                                "refused closed 1: spec.schedules[0].exclude[0]: must name a"
                                    + " calendar that can be read, was: holidays (HTTP 403")));
  }

  private int floor(String at) {
    return told.definitions.stream()
        .filter(policy -> policy.key().name().equals("closed"))
        .reduce((_, last) -> last)
        .orElseThrow()
        .settings()
        .schedules()
        .at(Instant.parse(at))
        .floor();
  }
}
