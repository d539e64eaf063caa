// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.connection.LocalKubeconfig;
import io.agentscale.adapter.ops.JsonLogging;
import io.agentscale.adapter.serve.Adapter;
import io.agentscale.adapter.serve.LocalToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The adapter as {@code agentscale serve} runs it, without a Prometheus, on the demo's agents. */
final class ServedAdapter implements DemoAdapter {
  private final Adapter adapter;
  private final LocalToken token;
  private final Path certificateAuthority;
  private final LocalKubeconfig local = LocalKubeconfig.ofUser(System.getenv());

  private ServedAdapter(Adapter adapter, LocalToken token, Path certificateAuthority) {
    this.adapter = adapter;
    this.token = token;
    this.certificateAuthority = certificateAuthority;
  }

  static ServedAdapter start(DemoFiles files, int port) throws IOException {
    if (System.getenv(JsonLogging.LEVEL_VARIABLE) == null) {
      // A person looks at a table, and has no use for the log of a service that is well.
      JsonLogging.setLevel("warn");
    }
    Path config = files.directory().resolve("adapter.yaml");
    Files.writeString(config, config(files.objects().getFileName().toString(), port));
    Adapter adapter =
        Adapter.start(AdapterConfig.load(config), Optional.empty(), InstantSource.system());
    String ca = adapter.caPem().orElseThrow();
    Path caFile = Files.writeString(files.directory().resolve("ca.crt"), ca);
    ServedAdapter served = new ServedAdapter(adapter, adapter.localToken().orElseThrow(), caFile);
    // So that `agentscale get` finds the demo from another terminal.
    URI operations = URI.create("http://127.0.0.1:" + adapter.opsPort());
    served.local.write(served.server().toString(), operations, ca, served.token());
    return served;
  }

  private static String config(String objects, int port) {
    return """
        # What the demo runs with. No Prometheus: the agents' own /metrics are scraped.
        objects: {file: %s}
        scrape: {interval: 1s, timeout: 1s, staleAfter: 5s}
        presets: {window: 30s}
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
  public void close() {
    local.remove(token.value());
    adapter.close();
  }
}
