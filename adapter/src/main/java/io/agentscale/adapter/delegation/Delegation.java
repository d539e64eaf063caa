// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.delegation;

import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authentication.ClientCertificateAuthenticator;
import io.agentscale.apiservice.authentication.RequestHeaderAuthenticator;
import io.agentscale.apiservice.authentication.TokenReviewAuthenticator;
import io.agentscale.apiservice.authorization.AccessReviewAuthorizer;
import io.agentscale.apiservice.authorization.Authorizer;
import io.agentscale.apiservice.review.Retry;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Access as the cluster decides it: its aggregator speaks for users, its authorities vouch for
 * client certificates, its API server reviews tokens and permissions.
 */
public final class Delegation implements AutoCloseable {
  private final PublishedTrust trust;
  private final Authenticator aggregator;
  private final List<Authenticator> direct;
  private final Authorizer authorizer;

  private Delegation(ControlPlane controlPlane, PublishedTrust trust, InstantSource clock) {
    this.trust = trust;
    this.aggregator =
        new RequestHeaderAuthenticator(
            new ClientAuthorities(() -> trust.current().proxies(), clock),
            () -> trust.current().names());
    this.direct =
        List.of(
            new ClientCertificateAuthenticator(
                new ClientAuthorities(() -> trust.current().clients(), clock)),
            new TokenReviewAuthenticator(
                new ClusterTokenReviews(controlPlane), Retry.DEFAULT, clock));
    this.authorizer =
        new AccessReviewAuthorizer(
            new ClusterAccessReviews(controlPlane),
            Set.of(AccessReviewAuthorizer.HPA_CONTROLLER),
            Retry.DEFAULT,
            clock);
  }

  /** Begins to read what the cluster publishes about clients, and follows it. */
  public static Delegation start(ControlPlane controlPlane, InstantSource clock) {
    return new Delegation(controlPlane, PublishedTrust.follow(controlPlane), clock);
  }

  /**
   * Waits until it is known whose certificates are honoured; nobody is to be served before.
   *
   * @param tolerant go on even if it cannot be read; {@link #unready} tells
   * @throws IllegalArgumentException if it cannot be read and that is not tolerated
   */
  public void await(boolean tolerant) {
    trust.await(tolerant);
  }

  /** Tells callers for whom the aggregator speaks; to be tried before anything else. */
  public Authenticator aggregator() {
    return aggregator;
  }

  /** Tell callers who come by themselves, in the order they are to be tried. */
  public List<Authenticator> direct() {
    return direct;
  }

  /** Returns who decides what a caller may see. */
  public Authorizer authorizer() {
    return authorizer;
  }

  /** Returns the authorities to name to clients in the TLS handshake. */
  public List<X509Certificate> authorities() {
    return trust.current().all();
  }

  /** Returns why client certificates are not honoured yet; empty once they are. */
  public Optional<String> unready() {
    return trust.unready();
  }

  @Override
  public void close() {
    trust.close();
  }
}
