// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import java.util.List;

/**
 * The Service by which the cluster's API server reaches us.
 *
 * @param namespace of the Service
 * @param name of the Service
 * @param port of the Service
 */
public record ServiceAddress(String namespace, String name, int port) {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final int PORT_MAX = 65535;

  public ServiceAddress {
    requireLabel("service namespace", namespace);
    requireLabel("service name", name);
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "service port: must be between 1 and " + PORT_MAX + ", was: " + port);
    }
  }

  /** Returns the names that a serving certificate must carry; the first is what is verified. */
  public List<String> dnsNames() {
    String host = name + "." + namespace + ".svc";
    return List.of(host, host + ".cluster.local");
  }

  private static void requireLabel(String what, String value) {
    if (!value.matches(LABEL)) {
      throw new IllegalArgumentException(
          what + ": must be a DNS label (a-z, 0-9, '-', at most 63), was: " + value);
    }
  }

  @Override
  public String toString() {
    return namespace + "/" + name + ":" + port;
  }
}
