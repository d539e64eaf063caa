// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a request carries to say who sent it.
 *
 * @param certificates the TLS client's chain, its own certificate first, not yet verified; empty if
 *     it showed none
 * @param headers of the request
 */
public record Credentials(List<X509Certificate> certificates, RequestHeaders headers) {
  private static final String BEARER = "bearer ";

  public Credentials {
    certificates = List.copyOf(certificates);
  }

  /** Returns the token of the {@code Authorization: Bearer} header. */
  public Optional<String> bearerToken() {
    for (String value : headers.values("Authorization")) {
      if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        String token = value.substring(BEARER.length()).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
      }
    }
    return Optional.empty();
  }
}
