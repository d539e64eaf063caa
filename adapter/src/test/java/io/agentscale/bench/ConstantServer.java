// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.KeyMaterial;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The limit to approach: the same HTTP stack, set up in the same way, with nothing to do but write
 * a constant body of the size that the path names. Prints its port.
 */
public final class ConstantServer {
  private ConstantServer() {}

  /** Serves until the process ends. */
  public static void main(String[] arguments) throws Exception {
    CertificateAuthority authority = CertificateAuthority.generate(Instant.now());
    KeyMaterial key =
        ServingCertificate.issuedBy(authority, List.of("localhost"), InstantSource.system())
            .current();
    var tls = new SslContextFactory.Server();
    tls.setKeyStore(key.keyStore());
    tls.setKeyStorePassword(KeyMaterial.KEY_STORE_PASSWORD);
    tls.setSniRequired(false);
    var server = new Server(new QueuedThreadPool(12, 4));
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    var connector =
        new ServerConnector(
            server,
            1,
            1,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Constant());
    server.start();
    System.out.println(connector.getLocalPort());
    server.join();
  }

  private static final class Constant extends Handler.Abstract.NonBlocking {
    private volatile ByteBuffer body = ByteBuffer.allocate(0);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int size = Integer.parseInt(Request.getPathInContext(request).substring(1));
      ByteBuffer constant = body;
      if (constant.capacity() != size) {
        constant = ByteBuffer.allocate(size);
        body = constant;
      }
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, size);
      response.write(true, constant.duplicate(), callback);
      return true;
    }
  }
}
