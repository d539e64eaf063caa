// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import io.agentscale.apiservice.tls.KeyMaterial;
import io.agentscale.apiservice.tls.ServingCertificate;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS for new connections with the certificate of the moment; standing ones keep theirs. */
final class FollowingSslContext extends SslContext {
  private static final Logger log = LoggerFactory.getLogger(FollowingSslContext.class);

  private final ServingCertificate certificate;
  private final Optional<DoorSecurity.MutualTls> mutual;
  private volatile Shown shown;

  private record Shown(KeyMaterial material, SslContext context) {}

  private FollowingSslContext(
      ServingCertificate certificate, Optional<DoorSecurity.MutualTls> mutual) {
    this.certificate = certificate;
    this.mutual = mutual;
    KeyMaterial material = certificate.current();
    try {
      this.shown = new Shown(material, context(material, mutual));
    } catch (SSLException e) {
      throw new IllegalArgumentException("the serving certificate cannot be used: " + e, e);
    }
  }

  static SslContext of(DoorSecurity.Tls tls) {
    return new FollowingSslContext(tls.certificate(), Optional.empty());
  }

  static SslContext of(DoorSecurity.MutualTls tls) {
    return new FollowingSslContext(tls.certificate(), Optional.of(tls));
  }

  private static SslContext context(KeyMaterial material, Optional<DoorSecurity.MutualTls> mutual)
      throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(material.key(), material.chain())
            .protocols("TLSv1.3", "TLSv1.2");
    if (mutual.isPresent()) {
      builder
          .trustManager(new ClientTrust(mutual.get().clients()))
          .clientAuth(mutual.get().required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
    }
    // The JDK's TLS, as of the API server: no native library has to be unpacked.
    return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
  }

  private SslContext current() {
    KeyMaterial present = certificate.current();
    Shown known = shown;
    return present.equals(known.material()) ? known.context() : changed(present);
  }

  private synchronized SslContext changed(KeyMaterial present) {
    if (present.equals(shown.material())) {
      return shown.context();
    }
    SslContext context = shown.context();
    try {
      context = context(present, mutual);
      log.atInfo()
          .addKeyValue("subject", present.chain().getFirst().getSubjectX500Principal())
          .log("gRPC serving certificate changed");
    } catch (SSLException e) {
      log.atWarn().setCause(e).log("gRPC serving certificate cannot be used, the old one stays");
    }
    shown = new Shown(present, context);
    return context;
  }

  @Override
  public boolean isClient() {
    return false;
  }

  @Override
  public List<String> cipherSuites() {
    return shown.context().cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract in its class all the same.
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return shown.context().applicationProtocolNegotiator();
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator buffers) {
    return current().newEngine(buffers);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator buffers, String peerHost, int peerPort) {
    return current().newEngine(buffers, peerHost, peerPort);
  }

  @Override
  public SSLSessionContext sessionContext() {
    return shown.context().sessionContext();
  }
}
