// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import io.agentscale.apiservice.authentication.Credentials;
import io.agentscale.apiservice.authentication.RequestHeaders;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Reads who a gRPC call says it is from. */
public final class CallCredentials {
  private static final String AUTHORIZATION = "Authorization";
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of(AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER);

  private CallCredentials() {}

  /** Returns the client's certificates and its {@code authorization} headers. */
  public static Credentials of(ServerCall<?, ?> call, Metadata headers) {
    List<String> values = new ArrayList<>();
    Iterable<String> sent = headers.getAll(HEADER);
    if (sent != null) {
      sent.forEach(values::add);
    }
    return new Credentials(
        certificates(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
        RequestHeaders.of(Map.of(AUTHORIZATION, values)));
  }

  private static List<X509Certificate> certificates(@Nullable SSLSession session) {
    if (session == null) {
      return List.of();
    }
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        if (certificate instanceof X509Certificate x509) {
          chain.add(x509);
        }
      }
    } catch (SSLPeerUnverifiedException _) {
      // It showed none.
    }
    return chain;
  }
}
