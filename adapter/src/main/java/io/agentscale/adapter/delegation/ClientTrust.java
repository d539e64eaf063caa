// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.delegation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.apiservice.authentication.RequestHeaderNames;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the cluster publishes to its extension servers about clients, in the ConfigMap {@code
 * kube-system/extension-apiserver-authentication}.
 *
 * @param clients authorities of ordinary clients' certificates; empty if there are none
 * @param proxies authorities of the aggregator's certificate, which may speak for anybody; empty if
 *     the cluster has no aggregator
 * @param names how the aggregator tells for whom it speaks
 */
record ClientTrust(
    List<X509Certificate> clients, List<X509Certificate> proxies, RequestHeaderNames names) {
  static final ClientTrust NONE =
      new ClientTrust(
          List.of(),
          List.of(),
          new RequestHeaderNames(List.of(), List.of(), List.of(), List.of(), List.of()));

  private static final JsonMapper JSON = new JsonMapper();

  ClientTrust {
    clients = List.copyOf(clients);
    proxies = List.copyOf(proxies);
  }

  /**
   * Reads the ConfigMap's data.
   *
   * @throws IllegalArgumentException naming the key that cannot be understood
   */
  static ClientTrust parse(Map<String, String> data) {
    return new ClientTrust(
        certificates(data, "client-ca-file"),
        certificates(data, "requestheader-client-ca-file"),
        new RequestHeaderNames(
            strings(data, "requestheader-allowed-names"),
            strings(data, "requestheader-username-headers"),
            strings(data, "requestheader-uid-headers"),
            strings(data, "requestheader-group-headers"),
            strings(data, "requestheader-extra-headers-prefix")));
  }

  /** Returns every authority, to be named to clients in the TLS handshake. */
  List<X509Certificate> all() {
    return Stream.concat(clients.stream(), proxies.stream()).distinct().toList();
  }

  private static List<X509Certificate> certificates(Map<String, String> data, String key) {
    String pem = data.getOrDefault(key, "");
    if (pem.isBlank()) {
      return List.of();
    }
    try {
      return ClientAuthorities.parse(pem.getBytes(UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static List<String> strings(Map<String, String> data, String key) {
    String text = data.getOrDefault(key, "");
    if (text.isBlank()) {
      return List.of();
    }
    try {
      return List.of(JSON.readValue(text, String[].class));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new IllegalArgumentException(
          key + ": must be a JSON array of strings, was: " + text, e);
    }
  }
}
