// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.resource.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** The files a demo lives on: a directory of its own that goes away with it. */
public final class DemoFiles implements AutoCloseable {
  static final String NAMESPACE = "agent-prod";
  static final String APP = "coder";

  private final Path directory;

  /** Creates the directory, readable by its owner only. */
  DemoFiles() throws IOException {
    this.directory = Files.createTempDirectory("agentscale-demo-");
  }

  public Path directory() {
    return directory;
  }

  /** Returns the file that tells the adapter which pods exist, as a cluster otherwise would. */
  public Path objects() {
    return directory.resolve("objects.yaml");
  }

  /** Returns the file of the policy. */
  public Path policies() {
    return directory.resolve("policies.yaml");
  }

  /** Writes one of the policies that come with the program; returns what it says. */
  PolicyDefinition writePolicy(String name) throws IOException {
    try (InputStream policy = requireNonNull(DemoFiles.class.getResourceAsStream(name), name)) {
      Files.copy(policy, policies());
    }
    return PolicyFile.read(policies()).getFirst();
  }

  void writeObjects(List<SampleAgent> agents) throws IOException {
    String pods = agents.stream().map(DemoFiles::pod).collect(Collectors.joining());
    // In one step: it is read at any time.
    Path fresh = directory.resolve("objects.new");
    Files.writeString(fresh, "apiVersion: v1\nkind: List\nitems:\n" + pods);
    Files.move(fresh, objects(), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    List<Path> leavesFirst;
    try (var files = Files.walk(directory)) {
      leavesFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : leavesFirst) {
      Files.deleteIfExists(file);
    }
  }

  private static String pod(SampleAgent agent) {
    return """
        - apiVersion: v1
          kind: Pod
          metadata:
            name: %s
            namespace: %s
            labels: {app: %s}
            annotations:
              prometheus.io/scrape: "true"
              prometheus.io/port: "%d"
              prometheus.io/path: %s
          status: {podIP: 127.0.0.1}
        """
        .formatted(agent.name(), NAMESPACE, APP, agent.port(), SampleAgent.METRICS_PATH);
  }
}
