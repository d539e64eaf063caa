// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A serving certificate that is issued anew when two thirds of its life are over. */
final class IssuedCertificate implements ServingCertificate {
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final Duration RENEW_AFTER = VALIDITY.multipliedBy(2).dividedBy(3);

  private final CertificateAuthority authority;
  private final List<String> names;
  private final InstantSource clock;
  private KeyMaterial material;
  private Instant renewAt;

  IssuedCertificate(CertificateAuthority authority, List<String> names, InstantSource clock) {
    this.authority = authority;
    this.names = List.copyOf(names);
    this.clock = clock;
    Instant now = clock.instant();
    this.material = authority.issueServer(names, now, VALIDITY);
    this.renewAt = now.plus(RENEW_AFTER);
  }

  @Override
  public synchronized KeyMaterial current() {
    Instant now = clock.instant();
    if (now.isAfter(renewAt)) {
      material = authority.issueServer(names, now, VALIDITY);
      renewAt = now.plus(RENEW_AFTER);
    }
    return material;
  }
}
