// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks TLS clients for a certificate and takes any: it is judged behind the handshake, by the
 * authenticator it is for, so that a client with a useless certificate still gets a 401 to read.
 */
final class ClientCertificateRequest extends X509ExtendedTrustManager {
  private final Supplier<List<X509Certificate>> named;

  /**
   * @param named the authorities to be named in the handshake, by which clients choose
   */
  ClientCertificateRequest(Supplier<List<X509Certificate>> named) {
    this.named = named;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return named.get().toArray(X509Certificate[]::new);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("a server has no servers to trust");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    checkServerTrusted(chain, authType);
  }
}
