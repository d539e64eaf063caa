// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.registration.RegisteredGroup;
import io.agentscale.adapter.registration.RegistrationConfig;
import io.agentscale.adapter.registration.ServiceAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which the service is registered with a cluster. */
final class RegistrationOptions {
  private static final String NONE = "none";
  private static final String NAMESPACE_VARIABLE = "POD_NAMESPACE";

  @Option(
      names = "--register",
      paramLabel = "GROUPS",
      split = ",",
      defaultValue = NONE,
      description = "API groups the cluster shall lead here: custom, external, resource, or none")
  private List<String> groups = List.of(NONE);

  @Option(
      names = "--service-namespace",
      paramLabel = "NAMESPACE",
      description = "of our Service and Secret (default: POD_NAMESPACE, else agentscale-system)")
  private @Nullable String namespace;

  @Option(
      names = "--service-name",
      paramLabel = "NAME",
      description = "of our Service (default: agentscale)")
  private @Nullable String name;

  @Option(
      names = "--service-port",
      paramLabel = "PORT",
      description = "of our Service (default: 443)")
  private @Nullable Integer port;

  @Option(
      names = "--register-ca-file",
      paramLabel = "FILE",
      description = "authority behind server.tls (default: one of our own, kept in a Secret)")
  private @Nullable Path caFile;

  @Option(
      names = "--take-over",
      description = "register even what leads to another service now, such as prometheus-adapter")
  private boolean takeOver;

  /**
   * Returns what the options say.
   *
   * @throws IllegalArgumentException naming the option that says nothing sensible
   */
  RegistrationConfig config(Map<String, String> environment) {
    ServiceAddress usual = RegistrationConfig.NONE.service();
    return new RegistrationConfig(
        registered(),
        new ServiceAddress(
            namespace == null
                ? environment.getOrDefault(NAMESPACE_VARIABLE, usual.namespace())
                : namespace,
            name == null ? usual.name() : name,
            port == null ? usual.port() : port),
        Optional.ofNullable(caFile),
        takeOver);
  }

  private Set<RegisteredGroup> registered() {
    if (groups.equals(List.of(NONE))) {
      return Set.of();
    }
    Set<RegisteredGroup> registered = EnumSet.noneOf(RegisteredGroup.class);
    for (String group : groups) {
      registered.add(
          switch (group.strip().toLowerCase(Locale.ROOT)) {
            case "custom" -> RegisteredGroup.CUSTOM;
            case "external" -> RegisteredGroup.EXTERNAL;
            case "resource" -> RegisteredGroup.RESOURCE;
            default ->
                throw new IllegalArgumentException(
                    "--register: must be custom, external, resource (joined by commas) or none,"
                        + " was: "
                        + String.join(",", groups));
          });
    }
    return registered;
  }
}
