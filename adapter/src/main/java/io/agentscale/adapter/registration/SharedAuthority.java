// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletionException;

/**
 * The certificate authority that all replicas share across restarts, kept in a Secret of our
 * namespace. Whoever finds none makes one; of several who do so at once, the API server lets one
 * win, and the others read what it made.
 *
 * <p>Deleting the Secret, or replacing its content, replaces the authority. Its key {@code ca.crt},
 * if present, is what clients are told to trust: with the old and the new authority in it, a
 * replacement refuses nobody.
 */
final class SharedAuthority {
  static final String SECRET = "agentscale-serving-ca";

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String BUNDLE = "ca.crt";

  /**
   * What the Secret holds.
   *
   * @param authority issues our serving certificates
   * @param bundle what clients must trust, in PEM
   */
  record Content(CertificateAuthority authority, String bundle) {
    boolean isSame(Content other) {
      return bundle.equals(other.bundle)
          && authority.certificatePem().equals(other.authority.certificatePem());
    }

    /** Without the key. */
    @Override
    public String toString() {
      return "Content[" + bundle + "]";
    }
  }

  private final ControlPlane controlPlane;
  private final String namespace;

  SharedAuthority(ControlPlane controlPlane, String namespace) {
    this.controlPlane = controlPlane;
    this.namespace = namespace;
  }

  /**
   * Reads the authority, and makes it first if there is none. Blocks.
   *
   * @throws ControlPlaneException if the API server does not let us
   * @throws IllegalArgumentException if the Secret holds something else
   */
  Content readOrCreate(Instant now) {
    try {
      return content(ask(() -> controlPlane.get(collection() + "/" + SECRET)));
    } catch (ControlPlaneException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
    try {
      ObjectNode made = secret(CertificateAuthority.generate(now));
      return content(ask(() -> controlPlane.create(collection(), made)));
    } catch (ControlPlaneException e) {
      if (!e.isConflict()) {
        throw e;
      }
      return content(ask(() -> controlPlane.get(collection() + "/" + SECRET)));
    }
  }

  static JsonNode ask(
      java.util.function.Supplier<java.util.concurrent.CompletionStage<JsonNode>> question) {
    try {
      return question.get().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ControlPlaneException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private String collection() {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }

  private ObjectNode secret(CertificateAuthority authority) {
    ObjectNode secret = JsonNodeFactory.instance.objectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "kubernetes.io/tls");
    secret.putObject("metadata").put("name", SECRET).put("namespace", namespace);
    secret
        .putObject("data")
        .put(CERTIFICATE, encoded(authority.certificatePem()))
        .put(KEY, encoded(authority.privateKeyPem()));
    return secret;
  }

  private Content content(JsonNode secret) {
    try {
      String certificate = decoded(secret, CERTIFICATE);
      CertificateAuthority authority =
          CertificateAuthority.ofPem(certificate, decoded(secret, KEY));
      String bundle =
          secret.path("data").has(BUNDLE) ? decoded(secret, BUNDLE) : authority.certificatePem();
      if (!ClientAuthorities.parse(bundle.getBytes(UTF_8))
          .containsAll(ClientAuthorities.parse(certificate.getBytes(UTF_8)))) {
        throw new IllegalArgumentException(BUNDLE + " does not hold the certificate of tls.crt");
      }
      return new Content(authority, bundle);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Secret %s/%s: must hold a certificate authority (tls.crt, tls.key): %s; delete it to have a new one made"
              .formatted(namespace, SECRET, e.getMessage()),
          e);
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(JsonNode secret, String key) {
    String encoded = secret.path("data").path(key).asText();
    if (encoded.isEmpty()) {
      throw new IllegalArgumentException("there is no " + key);
    }
    return new String(Base64.getDecoder().decode(encoded), UTF_8).stripTrailing() + "\n";
  }
}
