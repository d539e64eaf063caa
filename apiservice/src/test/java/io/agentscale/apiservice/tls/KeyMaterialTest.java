// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys come in the forms that openssl and cert-manager write; a wrong pair must never be served.
 */
final class KeyMaterialTest {
  private static byte[] file(String name) throws IOException {
    try (var stream = KeyMaterialTest.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return stream.readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ec.pem, ec-pkcs8.key, EC",
    "ec.pem, ec-sec1.key, EC",
    "rsa.pem, rsa-pkcs8.key, RSA",
    "rsa.pem, rsa-pkcs1.key, RSA",
  })
  void readsEveryKeyForm(String certificate, String key, String algorithm) throws IOException {
    KeyMaterial material = KeyMaterial.ofPem(file(certificate), file(key));
    assertThat(material.key().getAlgorithm()).isEqualTo(algorithm);
    assertThat(material.chain()).hasSize(1);
    assertThat(material.toString()).doesNotContain("Private");
  }

  @Test
  void keyOfAnotherCertificate_isRefused() {
    assertThatThrownBy(() -> KeyMaterial.ofPem(file("ec.pem"), file("rsa-pkcs8.key")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not belong to the certificate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing | must hold a PEM block CERTIFICATE, found none",
        "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE----- | broken certificate",
        "-----BEGIN CERTIFICATE-----A-----END CERTIFICATE----- | broken PEM block CERTIFICATE",
      })
  void garbage_isRefused(String text, String message) {
    assertThatThrownBy(
            () -> KeyMaterial.ofPem(text.getBytes(StandardCharsets.UTF_8), file("ec-pkcs8.key")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE KEY",
    "EC PRIVATE KEY",
    "RSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
  })
  void brokenKey_isRefused(String label) {
    String pem = "-----BEGIN %s-----MAECAwQF-----END %s-----".formatted(label, label);
    assertThatThrownBy(
            () -> KeyMaterial.ofPem(file("ec.pem"), pem.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
