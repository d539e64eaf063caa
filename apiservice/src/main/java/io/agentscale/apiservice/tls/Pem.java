// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys in PEM text. Keys may be PKCS #8, or the older forms of RSA (PKCS
 * #1) and EC (SEC 1), which cert-manager and openssl still write by default.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private record Block(String label, String base64) {
    byte[] der() {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "holds a broken PEM block " + label + ": " + e.getMessage(), e);
      }
    }
  }

  private Pem() {}

  /** Reads every certificate, in order; at least one is required. */
  static List<X509Certificate> certificates(byte[] pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks(pem)) {
        if (block.label().equals("CERTIFICATE")) {
          certificates.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException("holds a broken certificate: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("must hold a PEM block CERTIFICATE, found none");
    }
    return certificates;
  }

  /** Reads the first private key. */
  static PrivateKey privateKey(byte[] pem) {
    for (Block block : blocks(pem)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return privateKey(block);
      }
    }
    throw new IllegalArgumentException("must hold a PEM block PRIVATE KEY, found none");
  }

  private static PrivateKey privateKey(Block block) {
    byte[] pkcs8 =
        switch (block.label()) {
          case "PRIVATE KEY" -> block.der();
          case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(block.der());
          case "EC PRIVATE KEY" -> Der.pkcs8OfEc(block.der());
          default ->
              throw new IllegalArgumentException(
                  "must hold an unencrypted private key, found: " + block.label());
        };
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException _) {
        // Not a key of this algorithm: the next one may read it.
      }
    }
    throw new IllegalArgumentException("holds a private key that is neither EC, RSA nor EdDSA");
  }

  private static List<Block> blocks(byte[] pem) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
