// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import io.agentscale.apiservice.tls.ClientAuthorities;
import io.agentscale.apiservice.tls.ServingCertificate;

/** How connections to a gRPC port are protected. */
public sealed interface DoorSecurity {

  /** Not at all. */
  record Plaintext() implements DoorSecurity {}

  /**
   * TLS; clients need no certificate, and one they show is not looked at.
   *
   * @param certificate shown to clients, looked up at each handshake
   */
  record Tls(ServingCertificate certificate) implements DoorSecurity {}

  /**
   * TLS in which clients show who they are too.
   *
   * @param certificate shown to clients, looked up at each handshake
   * @param clients vouch for clients' certificates; one that nobody vouches for ends the handshake
   * @param required whether a client without a certificate is turned away as well
   */
  record MutualTls(ServingCertificate certificate, ClientAuthorities clients, boolean required)
      implements DoorSecurity {}
}
