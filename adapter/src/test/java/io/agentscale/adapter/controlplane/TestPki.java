// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** The certificates of a control plane: its clients' authority, its aggregator's, and holders. */
public final class TestPki {
  public final HeldCertificate clientAuthority = authority("kubernetes-ca");
  public final HeldCertificate proxyAuthority = authority("front-proxy-ca");
  public final HeldCertificate proxy = proxyAuthorityIssues("front-proxy-client");

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

  public HeldCertificate proxyAuthorityIssues(String name) {
    return new HeldCertificate.Builder().commonName(name).signedBy(proxyAuthority).build();
  }

  public HeldCertificate client(String name) {
    return new HeldCertificate.Builder().commonName(name).signedBy(clientAuthority).build();
  }

  /** Returns what the API server on loopback shows of itself. */
  SSLContext serverContext() {
    HeldCertificate server =
        new HeldCertificate.Builder()
            .commonName("kube-apiserver")
            .addSubjectAlternativeName("127.0.0.1")
            .signedBy(clientAuthority)
            .build();
    return new HandshakeCertificates.Builder().heldCertificate(server).build().sslContext();
  }

  /**
   * Returns the ConfigMap extension-apiserver-authentication as kubeadm's control planes have it.
   */
  public String configMap() {
    return configMap(
        Map.of(
            "client-ca-file",
            clientAuthority.certificatePem(),
            "requestheader-client-ca-file",
            proxyAuthority.certificatePem(),
            "requestheader-allowed-names",
            "[\"front-proxy-client\"]",
            "requestheader-username-headers",
            "[\"X-Remote-User\"]",
            "requestheader-group-headers",
            "[\"X-Remote-Group\"]",
            "requestheader-extra-headers-prefix",
            "[\"X-Remote-Extra-\"]"));
  }

  public static String configMap(Map<String, String> entries) {
    ObjectNode configMap = new JsonMapper().createObjectNode();
    configMap.put("apiVersion", "v1").put("kind", "ConfigMap");
    configMap
        .putObject("metadata")
        .put("name", "extension-apiserver-authentication")
        .put("namespace", "kube-system");
    ObjectNode data = configMap.putObject("data");
    entries.forEach(data::put);
    return configMap.toString();
  }
}
