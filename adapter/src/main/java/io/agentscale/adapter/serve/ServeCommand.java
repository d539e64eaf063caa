// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.registration.RegistrationConfig;
import io.agentscale.adapter.registration.RegistrationConflictException;
import io.agentscale.adapter.cluster.NoClusterException;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.connection.LocalKubeconfig;
import io.agentscale.adapter.ops.JsonLogging;
import io.agentscale.adapter.yaml.InvalidYamlException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service until it is told to stop. */
@Command(
    name = "serve",
    description = "Serve custom.metrics.k8s.io and external.metrics.k8s.io over HTTPS.",
    footer = {
      "",
      "Without --config every setting has its default: pods that carry the annotation",
      "prometheus.io/scrape are scraped, and the presets are served.",
      "A prometheus-adapter configuration file is understood as it is."
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration (YAML); put to use again when it changes")
  private @Nullable Path config;

  @Option(
      names = "--prometheus-url",
      paramLabel = "URL",
      description = "Prometheus to read from, over that of the configuration")
  private @Nullable URI prometheusUrl;

  @Option(
      names = "--objects",
      paramLabel = "FILE",
      description = "objects to serve metrics for, instead of a cluster's")
  private @Nullable Path objects;

  @Option(
      names = "--policies",
      paramLabel = "FILE",
      description = "scaling policies to follow (YAML), instead of a cluster's")
  private @Nullable Path policies;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "how to reach the cluster (default: as kubectl, else as a pod)")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "of the metrics APIs; 0 for any free")
  private @Nullable Integer port;

  @Option(
      names = "--ops-port",
      paramLabel = "PORT",
      description = "of the service's own metrics and health; 0 for any free")
  private @Nullable Integer opsPort;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace (default: info)")
  private @Nullable String logLevel;

  @Mixin private RegistrationOptions registration = new RegistrationOptions();

  @Override
  public Integer call() throws InterruptedException {
    if (logLevel != null) {
      JsonLogging.setLevel(logLevel);
    }
    try (StopSignal stop = new StopSignal();
        Adapter adapter = start()) {
      LocalKubeconfig local = LocalKubeconfig.ofUser(System.getenv());
      adapter.localToken().ifPresent(token -> writeFor(local, adapter, token));
      stop.await();
      adapter.localToken().ifPresent(token -> local.remove(token.value()));
      return 0;
    } catch (InvalidYamlException
        | ControlPlaneException
        | RegistrationConflictException
        | IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (NoClusterException e) {
      return failed(e.getMessage() + "; or name a file of objects by --objects");
    } catch (NoSuchFileException e) {
      return failed(e.getFile() + ": no such file");
    } catch (IOException e) {
      return failed(cause(e));
    }
  }

  private Adapter start() throws IOException {
    Optional<Path> cluster = Optional.ofNullable(kubeconfig);
    RegistrationConfig registering = registration.config(System.getenv());
    InstantSource clock = InstantSource.system();
    return config == null
        ? Adapter.start(overridden(AdapterConfig.DEFAULT), cluster, registering, clock)
        : Adapter.start(new ConfigFile(config, this::overridden), cluster, registering, clock);
  }

  private AdapterConfig overridden(AdapterConfig loaded) {
    AdapterConfig asked = prometheusUrl == null ? loaded : loaded.withPrometheusUrl(prometheusUrl);
    AdapterConfig file = policies == null ? asked : asked.withPoliciesOf(policies);
    AdapterConfig.Server server = file.server();
    AdapterConfig.Ops ops = file.ops();
    return new AdapterConfig(
        file.prometheus(),
        file.backends(),
        file.scrape(),
        file.presets(),
        objects == null ? file.objectsFile() : Optional.of(objects),
        new AdapterConfig.Server(
            server.listen(),
            port == null ? server.port() : port,
            server.tls(),
            server.requestTimeout(),
            server.auth()),
        new AdapterConfig.Ops(ops.listen(), opsPort == null ? ops.port() : opsPort),
        file.mode(),
        file.rules(),
        file.policies());
  }

  private void writeFor(LocalKubeconfig local, Adapter adapter, LocalToken token) {
    adapter
        .caPem()
        .ifPresent(
            ca -> {
              local.write(
                  "https://127.0.0.1:" + adapter.port(),
                  URI.create("http://127.0.0.1:" + adapter.opsPort()),
                  ca,
                  token.value());
              requireNonNull(spec)
                  .commandLine()
                  .getErr()
                  .println(
                      "agentscale serve: listening on https://127.0.0.1:"
                          + adapter.port()
                          + ", try: KUBECONFIG="
                          + local.file()
                          + " kubectl get --raw /apis");
            });
  }

  /** The web server tells the address that it cannot have, and only its cause tells why. */
  private static String cause(IOException e) {
    Throwable cause = e.getCause();
    return cause == null
        ? String.valueOf(e.getMessage())
        : e.getMessage() + ": " + cause.getMessage();
  }

  private int failed(String message) {
    requireNonNull(spec).commandLine().getErr().println("agentscale serve: " + message);
    return 1;
  }
}
