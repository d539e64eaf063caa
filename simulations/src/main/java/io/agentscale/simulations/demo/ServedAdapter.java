// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.connection.LocalKubeconfig;
import io.agentscale.adapter.ops.JsonLogging;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.resource.FilePolicies;
import io.agentscale.adapter.serve.Adapter;
import io.agentscale.adapter.serve.LocalToken;
import io.agentscale.adapter.serve.PolicyParts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The adapter as {@code agentscale serve} runs it, without a Prometheus, on the demo's agents. */
final class ServedAdapter implements DemoAdapter {
  private final Adapter adapter;
  private final URI operations;
  private final LocalToken token;
  private final Path certificateAuthority;
  private final LocalKubeconfig local = LocalKubeconfig.ofUser(System.getenv());

  private ServedAdapter(Adapter adapter, LocalToken token, Path certificateAuthority) {
    this.adapter = adapter;
    this.operations = URI.create("http://127.0.0.1:" + adapter.opsPort());
    this.token = token;
    this.certificateAuthority = certificateAuthority;
  }

  static ServedAdapter start(DemoFiles files, int port, DemoWorld world) throws IOException {
    if (System.getenv(JsonLogging.LEVEL_VARIABLE) == null) {
      // A person looks at a table, and has no use for the log of a service that is well.
      JsonLogging.setLevel("warn");
    }
    Path config = files.directory().resolve("adapter.yaml");
    Files.writeString(config, config(files.objects().getFileName().toString(), port));
    Adapter adapter =
        Adapter.start(
            AdapterConfig.load(config),
            Optional.empty(),
            PolicyParts.ofServing(new FilePolicies(files.policies(), Map.of()), world.targets())
                .withHistory(world.history()),
            world.clock());
    String ca = adapter.caPem().orElseThrow();
    Path caFile = Files.writeString(files.directory().resolve("ca.crt"), ca);
    ServedAdapter served = new ServedAdapter(adapter, adapter.localToken().orElseThrow(), caFile);
    // So that `agentscale get` finds the demo from another terminal.
    served.local.write(served.server().toString(), served.operations, ca, served.token());
    return served;
  }

  private static String config(String objects, int port) {
    return """
        # What the demo runs with. No Prometheus: the agents' own /metrics are scraped. All times are
        # the demo's, of which three minutes pass in a second.
        objects: {file: %s}
        scrape: {interval: 2m, timeout: 2m, staleAfter: 10m}
        presets: {window: 10m}
        policies: {tick: 1m, leadFallback: 15m, forecastStep: 5m}
        server: {listen: 127.0.0.1, port: %d}
        ops: {listen: 127.0.0.1, port: 0}
        """
        .formatted(objects, port);
  }

  @Override
  public URI server() {
    return URI.create("https://127.0.0.1:" + adapter.port());
  }

  @Override
  public Path certificateAuthority() {
    return certificateAuthority;
  }

  @Override
  public String token() {
    return token.value();
  }

  @Override
  public URI operations() {
    return operations;
  }

  @Override
  public Optional<DecisionRecord> decision() {
    return adapter.policies().inNamespace(DemoFiles.NAMESPACE).stream()
        .findFirst()
        .flatMap(PolicySnapshot::latest);
  }

  @Override
  public void close() {
    local.remove(token.value());
    adapter.close();
  }
}
