// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.NoClusterException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks manifests for what keeps workloads from being scaled as intended. */
@Command(
    name = "lint",
    description = {
      "Check manifests for conflicts and traps of scaling.",
      "Read are ScalingPolicies, HorizontalPodAutoscalers, ScaledObjects, Deployments,"
          + " StatefulSets, PodDisruptionBudgets and VerticalPodAutoscalers; other kinds are"
          + " passed over."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:nothing found, or only warnings without --strict",
      " 1:an error, or --strict and a warning, or a file or the cluster could not be read",
      " 2:the command line was not understood"
    },
    footer = {
      "",
      "Examples:",
      "  agentscale lint deploy/",
      "  kubectl kustomize overlays/prod | agentscale lint -",
      "  agentscale lint policy.yaml --live"
    })
public final class LintCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  enum Output {
    text,
    json
  }

  private final InstantSource clock;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "YAML files, directories of them, or - for the standard input")
  private List<String> files = List.of();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "namespace of manifests that name none (default: ${DEFAULT-VALUE})",
      defaultValue = "default")
  private String namespace = "default";

  @Option(
      names = "--live",
      description = "also look at what the cluster has in the namespaces of the files")
  private boolean live;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "how to reach that cluster; implies --live")
  private @Nullable Path kubeconfig;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
      defaultValue = "text")
  private Output output = Output.text;

  @Option(names = "--strict", description = "fail if there is a warning")
  private boolean strict;

  public LintCommand() {
    this(InstantSource.system());
  }

  LintCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    PrintWriter err = requireNonNull(spec).commandLine().getErr();
    Linter linter = new Linter(namespace);
    try {
      for (String file : files) {
        add(linter, file);
      }
      if (live || kubeconfig != null) {
        addCluster(linter, err);
      }
    } catch (IOException | NoClusterException e) {
      err.println(
          e instanceof NoSuchFileException ? "no such file: " + e.getMessage() : e.getMessage());
      return 1;
    }
    List<LintFinding> findings = linter.findings(clock.instant());
    print(findings, out);
    boolean failed = findings.stream().anyMatch(finding -> strict || finding.isError());
    return failed ? 1 : 0;
  }

  private static void add(Linter linter, String file) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      linter.addFile("(stdin)", Path.of(""), new String(System.in.readAllBytes(), UTF_8));
      return;
    }
    for (Path path : manifests(Path.of(file))) {
      Path directory = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
      linter.addFile(path.toString(), directory, text(path));
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": must be UTF-8 text", e);
    }
  }

  private static List<Path> manifests(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.ya?ml"))
          .sorted()
          .toList();
    }
  }

  private void addCluster(Linter linter, PrintWriter err) {
    ClusterConnection connection = ClusterConnection.find(Optional.ofNullable(kubeconfig));
    try (ControlPlane cluster = ControlPlane.connect(connection)) {
      LiveObjects found = LiveObjects.read(cluster, linter.namespaces());
      found.gaps().forEach(gap -> err.println("not checked: " + gap));
      linter.addCluster(found.objects());
    }
  }

  private void print(List<LintFinding> findings, PrintWriter out) {
    switch (output) {
      case text -> {
        findings.forEach(out::println);
        long errors = findings.stream().filter(LintFinding::isError).count();
        out.println(
            findings.isEmpty()
                ? "nothing found"
                : errors + " errors, " + (findings.size() - errors) + " warnings");
      }
      case json -> out.println(json(findings).toPrettyString());
    }
    out.flush();
  }

  private static ArrayNode json(List<LintFinding> findings) {
    ArrayNode array = new JsonMapper().createArrayNode();
    for (LintFinding finding : findings) {
      array
          .addObject()
          .put("file", finding.file())
          .put("line", finding.line())
          .put("severity", finding.trap().severity().toString())
          .put("rule", finding.trap().id())
          .put("object", finding.object())
          .put("field", finding.field())
          .put("problem", finding.problem())
          .put("remedy", finding.remedy());
    }
    return array;
  }
}
