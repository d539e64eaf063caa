// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The authorities whose client certificates are believed, which may change at any time. The TLS
 * handshake accepts any client certificate; it is judged here, so that each way of authentication
 * can have authorities of its own.
 */
public final class ClientAuthorities {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";

  /** A verdict costs two signature checks; connections send many requests with one certificate. */
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private static final int REMEMBERED_MAX = 1024;

  private record Verdict(
      List<X509Certificate> chain,
      List<X509Certificate> authorities,
      Instant at,
      Optional<String> objection) {}

  private final Supplier<List<X509Certificate>> authorities;
  private final InstantSource clock;
  private final Map<X509Certificate, Verdict> verdicts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<X509Certificate, Verdict> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /**
   * @param authorities the certificates believed now; the same list object until they change
   */
  public ClientAuthorities(Supplier<List<X509Certificate>> authorities, InstantSource clock) {
    this.authorities = authorities;
    this.clock = clock;
  }

  /** Believes the authorities in a PEM file, which is read again when it changes. */
  public static ClientAuthorities ofFile(Path pem, InstantSource clock) {
    WatchedFile<List<X509Certificate>> file = WatchedFile.open(pem, Pem::certificates);
    return new ClientAuthorities(file::current, clock);
  }

  /**
   * Reads authorities from PEM text.
   *
   * @throws IllegalArgumentException if it holds no certificate, or a broken one
   */
  public static List<X509Certificate> parse(byte[] pem) {
    return Pem.certificates(pem);
  }

  /** Returns the authorities believed now, to be named to clients in the handshake. */
  public List<X509Certificate> current() {
    return authorities.get();
  }

  /** Returns why a client's chain is not believed; empty if it is. */
  public Optional<String> objection(List<X509Certificate> chain) {
    List<X509Certificate> believed = authorities.get();
    Instant now = clock.instant();
    X509Certificate own = chain.getFirst();
    synchronized (verdicts) {
      Verdict known = verdicts.get(own);
      if (known != null
          && known.authorities().equals(believed)
          && known.chain().equals(chain)
          && now.isBefore(known.at().plus(REMEMBERED))) {
        return known.objection();
      }
    }
    Verdict verdict = new Verdict(chain, believed, now, judge(chain, believed, now));
    synchronized (verdicts) {
      verdicts.put(own, verdict);
    }
    return verdict.objection();
  }

  private static Optional<String> judge(
      List<X509Certificate> chain, List<X509Certificate> believed, Instant now) {
    if (believed.isEmpty()) {
      return Optional.of("no client authority is configured");
    }
    X509Certificate own = chain.getFirst();
    try {
      if (!isForClients(own)) {
        return Optional.of("its extended key usage does not include clientAuth");
      }
      CertPathBuilder.getInstance("PKIX").build(question(chain, believed, now));
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.of(
          own.getSubjectX500Principal()
              + " issued by "
              + own.getIssuerX500Principal()
              + " does not chain to a trusted client authority: "
              + e.getMessage());
    }
  }

  private static PKIXBuilderParameters question(
      List<X509Certificate> chain, List<X509Certificate> believed, Instant now)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors =
        believed.stream().map(ca -> new TrustAnchor(ca, null)).collect(Collectors.toSet());
    var target = new X509CertSelector();
    target.setCertificate(chain.getFirst());
    var parameters = new PKIXBuilderParameters(anchors, target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    return parameters;
  }

  private static boolean isForClients(X509Certificate certificate)
      throws CertificateParsingException {
    List<String> usages = certificate.getExtendedKeyUsage();
    return usages == null || usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE);
  }
}
