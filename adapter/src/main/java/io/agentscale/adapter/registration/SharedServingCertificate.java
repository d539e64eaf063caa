// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.KeyMaterial;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.time.InstantSource;
import java.util.List;

/** A serving certificate of the shared authority, issued anew when that is another one. */
final class SharedServingCertificate implements ServingCertificate {
  private final List<String> names;
  private final InstantSource clock;
  private volatile ServingCertificate issued;

  SharedServingCertificate(
      CertificateAuthority authority, List<String> names, InstantSource clock) {
    this.names = List.copyOf(names);
    this.clock = clock;
    this.issued = ServingCertificate.issuedBy(authority, names, clock);
  }

  void issueBy(CertificateAuthority authority) {
    issued = ServingCertificate.issuedBy(authority, names, clock);
  }

  @Override
  public KeyMaterial current() {
    return issued.current();
  }
}
