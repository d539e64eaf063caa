// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.resource.PolicyFile;
import io.agentscale.adapter.trap.Finding;
import io.agentscale.adapter.trap.Trap;
import io.agentscale.adapter.trap.Traps;
import io.agentscale.adapter.workload.MalformedObjectException;
import io.agentscale.adapter.workload.ObjectId;
import io.agentscale.adapter.workload.Surroundings;
import io.agentscale.adapter.yaml.InvalidYamlException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads manifests, then tells the traps they are in: each file alone and all of them together. */
final class Linter {
  private static final String POLICY = "ScalingPolicy";

  private final String namespace;
  private final ObjectSet objects = new ObjectSet();
  private final Map<ObjectId, Manifest> manifests = new HashMap<>();
  private final List<LintFinding> malformed = new ArrayList<>();
  private boolean withCluster;

  /**
   * @param namespace of manifests that name none
   */
  Linter(String namespace) {
    this.namespace = namespace;
  }

  /**
   * Adds a file.
   *
   * @param directory what relative paths in it are relative to
   */
  void addFile(String file, Path directory, String text) {
    try {
      List<Manifest> added = ManifestReader.read(file, text);
      added.forEach(this::addManifest);
      Set<String> read = new HashSet<>();
      for (PolicyDefinition policy : PolicyFile.parse(file, directory, text, Map.of())) {
        objects.add(inNamespace(policy));
        read.add(policy.key().name());
      }
      added.stream()
          .filter(manifest -> isPolicy(manifest) && !read.contains(name(manifest)))
          .map(manifest -> malformed(manifest, POLICY, "", "must be a document of its own"))
          .forEach(malformed::add);
    } catch (InvalidYamlException e) {
      e.problems()
          .forEach(
              problem ->
                  malformed.add(
                      new LintFinding(
                          file,
                          problem.at().line(),
                          Trap.MALFORMED,
                          "",
                          problem.field(),
                          problem.message(),
                          "")));
    }
  }

  private void addManifest(Manifest manifest) {
    try {
      Optional<ObjectId> id =
          isPolicy(manifest)
              ? Optional.of(policyId(manifest.json()))
              : objects.add(manifest.json(), namespace);
      id.ifPresent(object -> remember(object, manifest));
    } catch (MalformedObjectException e) {
      malformed.add(
          malformed(
              manifest,
              manifest.json().path("kind").asText(),
              e.field(),
              String.valueOf(e.getMessage())));
    }
  }

  private void remember(ObjectId object, Manifest manifest) {
    Manifest first = manifests.putIfAbsent(object, manifest);
    if (first != null) {
      String place = first.file() + ":" + first.line("metadata.name");
      malformed.add(
          malformed(
              manifest, object.toString(), "metadata.name", "given twice, first in " + place));
    }
  }

  private static LintFinding malformed(
      Manifest manifest, String object, String field, String problem) {
    return new LintFinding(
        manifest.file(), manifest.line(field), Trap.MALFORMED, object, field, problem, "");
  }

  private ObjectId policyId(JsonNode json) {
    JsonNode metadata = json.path("metadata");
    return new ObjectId(
        POLICY, metadata.path("namespace").asText(namespace), metadata.path("name").asText());
  }

  private static boolean isPolicy(Manifest manifest) {
    return manifest.json().path("kind").asText().equals(POLICY);
  }

  private static String name(Manifest manifest) {
    return manifest.json().at("/metadata/name").asText();
  }

  /** A file's policies without a namespace are read as the default one's. */
  private PolicyDefinition inNamespace(PolicyDefinition policy) {
    PolicyKey key = policy.key();
    boolean isAsWritten = manifests.containsKey(new ObjectId(POLICY, key.namespace(), key.name()));
    return isAsWritten
        ? policy
        : new PolicyDefinition(
            new PolicyKey(namespace, key.name()),
            policy.uid(),
            policy.generation(),
            policy.target(),
            policy.mode(),
            policy.demand(),
            policy.settings(),
            policy.forecast(),
            policy.activation(),
            policy.scaleIn(),
            policy.actuation());
  }

  /** Returns the namespaces of everything added. */
  Set<String> namespaces() {
    Set<String> namespaces = new TreeSet<>();
    manifests.keySet().forEach(id -> namespaces.add(id.namespace()));
    return namespaces;
  }

  /** Adds what the cluster has; a manifest of the same name stands for what will be. */
  void addCluster(List<JsonNode> live) {
    withCluster = true;
    for (JsonNode object : live) {
      try {
        var _ = objects.add(object, namespace);
      } catch (MalformedObjectException e) {
        malformed.add(
            new LintFinding(
                LintFinding.CLUSTER,
                0,
                Trap.MALFORMED,
                object.path("kind").asText() + " " + object.at("/metadata/name").asText(),
                e.field(),
                String.valueOf(e.getMessage()),
                ""));
      }
    }
  }

  /** Returns all findings, by file and line. */
  List<LintFinding> findings(Instant now) {
    List<LintFinding> findings = new ArrayList<>(malformed);
    for (Surroundings around : objects.surroundings(now)) {
      Traps.findInManifests(around).stream()
          .filter(finding -> isSure(finding, around))
          .map(this::placed)
          .distinct()
          .forEach(findings::add);
    }
    return findings.stream().sorted(LintFinding.ORDER).toList();
  }

  /** What is not among the files may be elsewhere, and what runs was scaled by somebody. */
  private boolean isSure(Finding finding, Surroundings around) {
    return switch (finding.trap()) {
      case NOT_FOLLOWED ->
          withCluster || around.workload().isPresent() || !around.autoscalers().isEmpty();
      case REPLICAS_IN_MANIFEST -> manifests.containsKey(finding.about());
      default -> true;
    };
  }

  private LintFinding placed(Finding finding) {
    Manifest manifest = manifests.get(finding.about());
    return new LintFinding(
        manifest == null ? LintFinding.CLUSTER : manifest.file(),
        manifest == null ? 0 : manifest.line(finding.field()),
        finding.trap(),
        finding.about().toString(),
        finding.field(),
        finding.problem(),
        finding.remedy());
  }
}
