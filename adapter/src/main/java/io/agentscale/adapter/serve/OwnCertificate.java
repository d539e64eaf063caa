// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A serving certificate of an authority made up for it, where nobody gave one.
 *
 * @param authority what clients must trust
 * @param certificate to serve with
 */
record OwnCertificate(CertificateAuthority authority, ServingCertificate certificate) {

  /**
   * Makes both on a thread of its own.
   *
   * @param names that clients reach the server by
   */
  static CompletableFuture<OwnCertificate> make(List<String> names, InstantSource clock) {
    return CompletableFuture.supplyAsync(
        () -> {
          CertificateAuthority authority = CertificateAuthority.generate(clock.instant());
          return new OwnCertificate(
              authority, ServingCertificate.issuedBy(authority, names, clock));
        },
        task -> Thread.ofPlatform().daemon().name("own-certificate").start(task));
  }
}
