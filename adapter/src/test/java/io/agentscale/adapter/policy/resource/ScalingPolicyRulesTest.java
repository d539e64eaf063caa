// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.agentscale.adapter.controlplane.ShippedRoles;
import io.agentscale.adapter.crd.Admission;
import io.agentscale.adapter.crd.CelRules;
import io.agentscale.adapter.crd.CelRules.Verdict;
import io.agentscale.adapter.crd.ShippedCrd;
import io.agentscale.adapter.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The rules of the shipped definition, asked as an API server asks them. A rule that refuses good
 * policies, or lets bad ones in, is seen by whoever runs {@code kubectl apply}; so is a policy that
 * we find no fault with and an API server does.
 */
final class ScalingPolicyRulesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode SCHEMA = ShippedCrd.POLICIES.schema();
  private static final CelRules RULES = CelRules.of(SCHEMA);
  private static final List<BadSpecs> BAD = BadSpecs.ALL;

  /** What is wrong with an object by the schema, or if nothing is, by the rules. */
  private record Answer(List<String> bySchema, List<Verdict> byRules) {
    boolean isAccepted() {
      return bySchema.isEmpty() && byRules.isEmpty();
    }
  }

  private static Answer apiServer(JsonNode object) {
    ObjectNode admitted = Admission.admitted(SCHEMA, (ObjectNode) object);
    List<String> problems = Admission.problems(SCHEMA, admitted);
    return new Answer(problems, problems.isEmpty() ? refusals(admitted) : List.of());
  }

  private static List<Verdict> refusals(JsonNode admitted) {
    return RULES.ask(admitted).stream().filter(verdict -> !verdict.isAccepted()).toList();
  }

  /** Returns the fields our reader finds fault with, in an object as it would be stored. */
  private static List<String> reader(JsonNode object) {
    try {
      var _ = PolicyFile.parse("policy.yaml", Path.of("."), object.toString(), Map.of());
      return List.of();
    } catch (InvalidYamlException e) {
      return e.problems().stream().map(problem -> problem.field()).toList();
    }
  }

  static Stream<JsonNode> examples() throws IOException {
    List<JsonNode> policies = new ArrayList<>();
    for (String directory : List.of("docs/examples", "simulations/scenarios")) {
      try (Stream<Path> files = Files.walk(Path.of("..").resolve(directory))) {
        files
            .filter(file -> file.toString().endsWith(".yaml"))
            .forEach(file -> policies.addAll(ShippedRoles.manifests(file)));
      }
    }
    return policies.stream()
        .filter(document -> document.path("kind").asText().equals(ScalingPolicy.KIND));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_isAccepted(JsonNode policy) {
    assertThat(apiServer(policy)).isEqualTo(new Answer(List.of(), List.of()));
  }

  @Test
  void examples_areThoseOfTheDocumentation() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void everyRule_acceptsAPolicyThatHasWhatItIsAbout() {
    Set<CelRules.Rule> asked = new HashSet<>();
    for (String spec : List.of(PolicyFileTest.WHOLE, PolicyFileTest.WHOLE_AGAIN)) {
      JsonNode policy = policy(spec);
      assertThat(apiServer(policy)).isEqualTo(new Answer(List.of(), List.of()));
      RULES.ask(Admission.admitted(SCHEMA, (ObjectNode) policy)).forEach(v -> asked.add(v.rule()));
    }
    assertThat(asked).containsExactlyInAnyOrderElementsOf(RULES.all());
  }

  @ParameterizedTest
  @FieldSource("BAD")
  void badSpec_isRefusedByItsRule_orBySchema_orByTheReaderAlone(BadSpecs bad) {
    Answer answer = apiServer(policy(bad.yaml()));
    if (bad.rule().isPresent()) {
      assertThat(answer.bySchema).isEmpty();
      assertThat(answer.byRules)
          .extracting(verdict -> verdict.rule().message())
          .contains(bad.rule().get());
    } else {
      assertThat(answer.byRules).as("a rule that no bad spec names").isEmpty();
    }
  }

  @Test
  void everyRule_refusesABadSpec() {
    Set<CelRules.Rule> refusing = new HashSet<>();
    BAD.forEach(
        bad ->
            apiServer(policy(bad.yaml())).byRules.forEach(verdict -> refusing.add(verdict.rule())));
    ObjectNode longName = policy(PolicyFileTest.LEAST);
    longName.withObject("/metadata").put("name", "a".repeat(64));
    apiServer(longName).byRules.forEach(verdict -> refusing.add(verdict.rule()));
    assertThat(refusing).containsExactlyInAnyOrderElementsOf(RULES.all());
    assertThat(reader(longName)).containsExactly("metadata.name");
  }

  /** Nulls are as if they were not there, which our reader of files sees as well. */
  @Test
  void defaults_areFilledIn_alsoForNull_andMeanWhatTheReaderMeans() {
    ObjectNode policy = policy(PolicyFileTest.LEAST);
    policy.withObject("/spec").putNull("mode").putNull("forecast").putObject("scaleIn");
    JsonNode spec = Admission.admitted(SCHEMA, policy).path("spec");
    assertThat(spec.path("mode").asText()).isEqualTo("Enforce");
    assertThat(spec.path("minReplicas").asInt()).isEqualTo(1);
    assertThat(spec.path("scaleIn").path("longRun").asText()).isEqualTo("1m");
    assertThat(spec.has("forecast")).isFalse();
    assertThat(apiServer(policy).isAccepted()).isTrue();
  }

  @Test
  void quantity_isANumberOrText() {
    for (JsonNode ten : List.<JsonNode>of(IntNode.valueOf(10), TextNode.valueOf("10"))) {
      ObjectNode policy = policy(PolicyFileTest.LEAST);
      policy.withObject("/spec/demand").set("perReplica", ten);
      assertThat(apiServer(policy).isAccepted()).as("%s", ten).isTrue();
      assertThat(reader(policy)).isEmpty();
    }
  }

  @Test
  void quantity_isNoNumberWithAPoint() {
    ObjectNode policy = policy(PolicyFileTest.LEAST);
    policy.withObject("/spec/demand").set("perReplica", DoubleNode.valueOf(0.5));
    assertThat(apiServer(policy).bySchema)
        .containsExactly("spec.demand.perReplica: must be an integer or a string");
    assertThat(reader(policy)).containsExactly("spec.demand.perReplica");
  }

  /**
   * Whatever an API server refuses our reader refuses too and by the same field, so that {@code
   * policy check} says it first; and we refuse nothing that an API server accepts and can judge.
   */
  @Test
  void randomPolicies_whatTheApiServerRefuses_theReaderRefuses() {
    Random random = new Random(7);
    Map<Answer, JsonNode> onlyByTheApiServer = new HashMap<>();
    Map<List<String>, JsonNode> onlyByTheReader = new HashMap<>();
    int accepted = 0;
    int refusedByRules = 0;
    for (int i = 0; i < 5_000; i++) {
      ObjectNode policy = RandomPolicy.of(random);
      Answer answer = apiServer(policy);
      List<String> read = reader(policy);
      accepted += answer.isAccepted() ? 1 : 0;
      refusedByRules += answer.byRules.isEmpty() ? 0 : 1;
      if (!answer.isAccepted() && read.isEmpty()) {
        onlyByTheApiServer.putIfAbsent(answer, policy);
      }
      if (answer.isAccepted() && !read.isEmpty()) {
        onlyByTheReader.putIfAbsent(read, policy);
      }
      if (answer.byRules.size() == 1) {
        Verdict refused = answer.byRules.getFirst();
        assertThat(read)
            .as("%s", refused)
            .anySatisfy(field -> assertThat(field).startsWith(refused.path()));
      }
      if (answer.isAccepted() && read.isEmpty()) {
        assertThat(reader(Admission.admitted(SCHEMA, policy))).as("%s", policy).isEmpty();
      }
    }
    assertThat(onlyByTheApiServer).isEmpty();
    assertThat(onlyByTheReader).isEmpty();
    assertThat(accepted).as("accepted").isGreaterThan(250);
    assertThat(refusedByRules).as("refused by rules").isGreaterThan(250);
  }

  private static ObjectNode policy(String spec) {
    ObjectNode policy = JSON.createObjectNode();
    policy.put("apiVersion", ScalingPolicy.API_VERSION).put("kind", ScalingPolicy.KIND);
    policy.putObject("metadata").put("name", "coder").put("namespace", "agent-prod");
    policy.set(
        "spec", JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(spec)));
    return policy;
  }
}
