// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.tls.HeldCertificate;

/**
 * A certificate authority of our own, for servers that are given no certificate. Several replicas
 * share one by its PEM text, so that one {@code caBundle} covers them all.
 */
public final class CertificateAuthority {
  private static final Duration VALIDITY = Duration.ofDays(3650);

  /** Clocks of client and server differ: certificates are valid since a little before now. */
  private static final Duration LEEWAY = Duration.ofHours(1);

  private final HeldCertificate held;

  private CertificateAuthority(HeldCertificate held) {
    this.held = held;
  }

  /** Makes a new authority, valid for ten years. */
  public static CertificateAuthority generate(Instant now) {
    return new CertificateAuthority(
        builder("agentscale-ca", now, VALIDITY).certificateAuthority(0).build());
  }

  /**
   * Reads an authority back from {@link #certificatePem} and {@link #privateKeyPem}.
   *
   * @throws IllegalArgumentException if either is broken
   */
  public static CertificateAuthority ofPem(String certificatePem, String privateKeyPem) {
    return new CertificateAuthority(HeldCertificate.decode(certificatePem + privateKeyPem));
  }

  /** Returns what clients must trust: the {@code caBundle} of an APIService. */
  public String certificatePem() {
    return held.certificatePem();
  }

  /** Returns the authority's private key (PKCS #8), to be stored where only we can read. */
  public String privateKeyPem() {
    return held.privateKeyPkcs8Pem();
  }

  /**
   * Issues a serving certificate.
   *
   * @param names DNS names and IP addresses that clients reach the server by
   */
  public KeyMaterial issueServer(List<String> names, Instant now, Duration validity) {
    HeldCertificate.Builder builder = builder(names.getFirst(), now, validity).signedBy(held);
    names.forEach(builder::addSubjectAlternativeName);
    HeldCertificate issued = builder.build();
    return new KeyMaterial(
        List.of(issued.certificate(), held.certificate()), issued.keyPair().getPrivate());
  }

  private static HeldCertificate.Builder builder(String name, Instant now, Duration validity) {
    return new HeldCertificate.Builder()
        .commonName(name)
        .serialNumber(new BigInteger(64, new SecureRandom()).setBit(63))
        .ecdsa256()
        .validityInterval(now.minus(LEEWAY).toEpochMilli(), now.plus(validity).toEpochMilli());
  }
}
