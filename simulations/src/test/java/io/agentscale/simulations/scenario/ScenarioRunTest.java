// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that differ from run to run, or with the machines used, decide nothing. */
final class ScenarioRunTest {
  private static final List<String> FIELDS =
      List.of(
          "name",
          "latePercent",
          "costRatio",
          "replicaHours",
          "money",
          "p50Ms",
          "p95Ms",
          "p99Ms",
          "scaleActions",
          "flaps",
          "shortHours",
          "wastedHours",
          "mostWaiting",
          "longestWaitMs");

  @TempDir private Path directory;

  @Test
  void sameScenario_givesTheSameJson() {
    String first = OutcomeJson.of(TestScenario.run(TestScenario.parsed()));
    assertThat(OutcomeJson.of(TestScenario.run(TestScenario.parsed()))).isEqualTo(first);
    String other = TestScenario.YAML.replace("seed: 7", "seed: 8");
    assertThat(OutcomeJson.of(TestScenario.run(TestScenario.parsed(other)))).isNotEqualTo(first);
  }

  @Test
  void json_isAsItWas() throws IOException {
    try (InputStream golden = ScenarioRunTest.class.getResourceAsStream("small.json")) {
      String expected =
          new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(OutcomeJson.of(TestScenario.run(TestScenario.parsed()))).isEqualTo(expected);
    }
  }

  @Test
  void json_hasTheFieldsOthersRead() throws IOException {
    Outcome outcome = TestScenario.run(TestScenario.parsed());
    JsonNode root = OutcomeJson.MAPPER.readTree(OutcomeJson.of(outcome));
    for (JsonNode policy : root.get("policies")) {
      assertThat(FIELDS).allSatisfy(field -> assertThat(policy.hasNonNull(field)).isTrue());
    }
    JsonNode policy = root.get("policies").get(1);
    assertThat(policy.get("name").asText()).isEqualTo("policy");
    assertThat(policy.get("money").asDouble())
        .isEqualTo(PolicyScores.rounded(policy.get("replicaHours").asDouble() * 0.5));
  }

  @Test
  void scheduledFloor_isReadyBeforeTheStep() {
    List<PolicySummary> policies = TestScenario.run(TestScenario.parsed()).result().policies();
    PolicyScores hpa = policies.get(0).scores();
    PolicyScores policy = policies.get(1).scores();
    assertThat(policy.latePercent()).isLessThan(hpa.latePercent());
    assertThat(hpa.latePercent()).isPositive();
  }

  @Test
  void noPrices_noMoney() throws IOException {
    String yaml = TestScenario.YAML.replace("prices: {currency: USD, perReplicaHour: 0.5}\n", "");
    Outcome outcome = TestScenario.run(TestScenario.parsed(yaml));
    JsonNode root = OutcomeJson.MAPPER.readTree(OutcomeJson.of(outcome));
    assertThat(root.get("policies").get(0).get("money").isNull()).isTrue();
    assertThat(OutcomeText.of(outcome)).contains(" - ");
  }

  @Test
  void shards_mergeToTheWhole() throws IOException {
    Scenario scenario = TestScenario.parsed();
    ScenarioRun run = new ScenarioRun(scenario, TrafficSetting.usual());
    List<Path> files = new ArrayList<>();
    for (int i = 3; i >= 1; i--) {
      Shard shard = new Shard(i, 3);
      Outcome part = run.run(shard, false, (done, total) -> {});
      files.add(
          Files.writeString(
              directory.resolve(i + ".json"), OutcomeJson.part(part, shard, run.names())));
    }
    assertThat(ShardMerge.merge(files)).isEqualTo(OutcomeJson.of(TestScenario.run(scenario)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShardMerge.merge(files.subList(0, 2)))
        .withMessageContaining("part 1/3 is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShardMerge.merge(List.of(files.get(0), files.get(0))))
        .withMessageContaining("must be another part");
  }

  @Test
  void bothEngines_areCompared() throws IOException {
    Scenario both = TestScenario.parsed().withEngines(List.of(EngineKind.FLUID, EngineKind.EVENT));
    Outcome outcome = TestScenario.run(both);
    assertThat(outcome.result().engine()).isEqualTo("event");
    JsonNode root = OutcomeJson.MAPPER.readTree(OutcomeJson.of(outcome));
    assertThat(root.get("otherEngine").get("engine").asText()).isEqualTo("fluid");
    assertThat(root.get("disagreement")).hasSize(root.get("policies").size());
    assertThat(OutcomeText.of(outcome)).contains("How far the fluid engine is from the event");
    for (Disagreement each :
        Disagreement.between(outcome.other().orElseThrow(), outcome.result())) {
      assertThat(Math.abs(each.latePoints())).as(each.name()).isLessThan(10);
    }
  }
}
