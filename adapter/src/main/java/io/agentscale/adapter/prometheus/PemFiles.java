// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from PEM files, without showing what is in them. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PemFiles() {}

  static byte[] bytes(Path file) throws OwnFileException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw OwnFileException.unread("TLS file", file, e);
    }
  }

  /** Reads one or more certificates, in the file's order. */
  static List<X509Certificate> certificates(Path file) throws OwnFileException {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new OwnFileException("certificate file", file, "holds no certificate");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new OwnFileException("certificate file", file, "holds no readable PEM certificate");
    }
  }

  static PrivateKey privateKey(Path file) throws OwnFileException {
    Matcher key = KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
    if (!key.find()) {
      throw new OwnFileException(
          "key file",
          file,
          "holds no unencrypted PKCS#8 'PRIVATE KEY'; convert it with: openssl pkcs8 -topk8 -nocrypt");
    }
    byte[] encoded = decode(file, key.group(1));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        // Not a key of this algorithm; PKCS#8 names it inside, where the next attempt looks.
      }
    }
    throw new OwnFileException("key file", file, "holds a key that is none of " + KEY_ALGORITHMS);
  }

  private static byte[] decode(Path file, String base64) throws OwnFileException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new OwnFileException("key file", file, "is not valid PEM");
    }
  }
}
