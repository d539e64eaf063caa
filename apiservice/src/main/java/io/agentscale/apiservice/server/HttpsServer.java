// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.tls.KeyMaterial;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty, wired for one HTTPS port with HTTP/1.1 and HTTP/2. TLS is never off; its certificate may
 * change while connections stand.
 */
final class HttpsServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpsServer.class);

  /** Handlers never block, so that few threads serve many connections. */
  private static final int THREADS = 12;

  private static final Duration CERTIFICATE_LOOK = Duration.ofSeconds(1);

  private final Server server;
  private final ServerConnector connector;
  private final SslContextFactory.Server tls;
  private final ServingCertificate certificate;
  private KeyMaterial shown;

  HttpsServer(ApiServerConfig config, Handler handler, Request.Handler errors) {
    this.certificate = config.certificate();
    this.shown = certificate.current();
    this.tls = tls(shown, config.clientAuthorities());
    var threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("apiservice");
    threads.setDaemon(true);
    server = new Server(threads);
    connector = connector(config.limits());
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.limits().idleTimeout().toMillis());
    server.addConnector(connector);
    server.setStopTimeout(config.stopTimeout().toMillis());
    server.setErrorHandler(errors);
    server.setHandler(new GracefulHandler(handler));
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the port cannot be had
   */
  void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new IllegalStateException("cannot start the HTTPS server", e);
    }
    lookLater();
  }

  int port() {
    return connector.getLocalPort();
  }

  private void lookLater() {
    connector
        .getScheduler()
        .schedule(
            () -> {
              look();
              lookLater();
            },
            CERTIFICATE_LOOK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Shows another certificate to new connections, if there is one. */
  private void look() {
    KeyMaterial present = certificate.current();
    if (present.equals(shown)) {
      return;
    }
    try {
      tls.reload(factory -> factory.setKeyStore(present.keyStore()));
      shown = present;
      log.atInfo()
          .addKeyValue("subject", present.chain().getFirst().getSubjectX500Principal())
          .addKeyValue("notAfter", present.chain().getFirst().getNotAfter().toInstant())
          .log("serving certificate changed");
    } catch (Exception e) {
      log.atWarn().setCause(e).log("serving certificate cannot be used, the old one stays");
      shown = present;
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      log.atInfo().log("connections still open at the end of the stop timeout were cut");
    } catch (Exception e) {
      log.atWarn().setCause(e).log("server did not stop cleanly");
    }
  }

  private ServerConnector connector(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setIdleTimeout(limits.idleTimeout().toMillis());
    // The aggregator connects to a Service's name, a test or probe to an address.
    http.addCustomizer(new SecureRequestCustomizer(false));
    var http1 = new HttpConnectionFactory(http);
    var http2 = new HTTP2ServerConnectionFactory(http);
    http2.setMaxConcurrentStreams(limits.streamsPerConnection());
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
    var ssl = new SslConnectionFactory(tls, alpn.getProtocol());
    return new ServerConnector(server, 1, 1, ssl, alpn, http2, http1);
  }

  private static SslContextFactory.Server tls(
      KeyMaterial material, Supplier<List<X509Certificate>> clientAuthorities) {
    var tls =
        new SslContextFactory.Server() {
          @Override
          protected TrustManager[] getTrustManagers(
              KeyStore trustStore, Collection<? extends CRL> crls) {
            return new TrustManager[] {new ClientCertificateRequest(clientAuthorities)};
          }
        };
    tls.setKeyStore(material.keyStore());
    tls.setKeyStorePassword(KeyMaterial.KEY_STORE_PASSWORD);
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    tls.setWantClientAuth(true);
    tls.setSniRequired(false);
    return tls;
  }
}
