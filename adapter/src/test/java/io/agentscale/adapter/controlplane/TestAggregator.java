// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.apiservice.tls.ClientAuthorities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * The aggregator of a control plane: reads the APIService of a group and version, connects to its
 * Service by the name {@code <service>.<namespace>.svc}, believes its {@code caBundle} and nothing
 * else, shows the front-proxy certificate, and says in headers for whom it asks.
 */
public final class TestAggregator {
  private static final String APISERVICES = "/apis/apiregistration.k8s.io/v1/apiservices/";

  private final TestControlPlane cluster;
  private final int port;

  /** The certificate shown; null for none. */
  public volatile HeldCertificate proxy;

  /** An answer; its body is read as UTF-8, whatever it is. */
  public record Answer(int code, Headers headers, String text) {}

  /**
   * @param port at which the endpoints of every Service are, on this machine
   */
  public TestAggregator(TestControlPlane cluster, HeldCertificate proxy, int port) {
    this.cluster = cluster;
    this.proxy = proxy;
    this.port = port;
  }

  /** Passes a request on for a user. */
  public Answer get(String path, String user, List<String> groups, String... headers) {
    String[] parts = path.split("[/?]", -1);
    JsonNode spec =
        cluster.read(APISERVICES + parts[3] + "." + parts[2]).orElseThrow().path("spec");
    Headers.Builder sent = Headers.of(headers).newBuilder();
    sent.add("X-Remote-User", user);
    groups.forEach(group -> sent.add("X-Remote-Group", group));
    sent.add("X-Forwarded-For", "127.0.0.1");
    return send(spec, path, sent.build());
  }

  /** Asks as somebody who reaches the Service without the aggregator. */
  public Answer direct(String apiService, String path, String... headers) {
    return send(
        cluster.read(APISERVICES + apiService).orElseThrow().path("spec"),
        path,
        Headers.of(headers));
  }

  /**
   * Checks a version's discovery as the aggregator does every thirty seconds: five requests at
   * once, as a member of system:masters.
   */
  public List<Integer> availability(String groupVersion) {
    List<CompletableFuture<Integer>> checks =
        java.util.stream.IntStream.range(0, 5)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () ->
                            get(
                                    "/apis/" + groupVersion,
                                    "system:kube-aggregator",
                                    List.of("system:masters"))
                                .code()))
            .toList();
    return checks.stream().map(CompletableFuture::join).toList();
  }

  private Answer send(JsonNode spec, String path, Headers headers) {
    JsonNode service = spec.path("service");
    String name = service.path("name").asText() + "." + service.path("namespace").asText() + ".svc";
    OkHttpClient client = client(spec.path("caBundle").asText(), name);
    Request request =
        new Request.Builder().url("https://" + name + ":" + port + path).headers(headers).build();
    try (Response response = client.newCall(request).execute()) {
      return new Answer(response.code(), response.headers(), response.body().string());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  private OkHttpClient client(String caBundle, String name) {
    HandshakeCertificates.Builder certificates = new HandshakeCertificates.Builder();
    ClientAuthorities.parse(Base64.getDecoder().decode(caBundle))
        .forEach(certificates::addTrustedCertificate);
    if (proxy != null) {
      certificates.heldCertificate(proxy);
    }
    HandshakeCertificates built = certificates.build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(built.sslSocketFactory(), built.trustManager())
        .dns(
            host -> {
              if (!host.equals(name)) {
                throw new java.net.UnknownHostException(host);
              }
              return List.of(InetAddress.getLoopbackAddress());
            })
        .build();
  }
}
