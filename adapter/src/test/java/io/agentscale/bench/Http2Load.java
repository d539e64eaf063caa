// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Asks a server over HTTP/2, so many streams of one connection at a time, with the JDK's client; it
 * takes far more of the processor than the service itself does.
 */
final class Http2Load {
  private final SSLContext tls;
  private final int port;
  private final Load.Pace pace;

  Http2Load(SSLContext tls, int port, Load.Pace pace) {
    this.tls = tls;
    this.port = port;
    this.pace = pace;
  }

  /** Asks for the path over and over, first to warm up, then to measure. */
  Load.Result run(String path, int streams) throws InterruptedException, IOException {
    ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger notOk = new AtomicInteger();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + Scene.TOKEN)
            .header("Accept", "application/vnd.kubernetes.protobuf,application/json")
            .build();
    long measuredFrom = System.nanoTime() + pace.warmUp().toNanos();
    long end = measuredFrom + pace.measured().toNanos();
    int bodyBytes;
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_2).build()) {
      // The connection is made once, before all others want it.
      HttpResponse<byte[]> first = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (first.version() != HttpClient.Version.HTTP_2) {
        throw new IOException("the server does not speak HTTP/2");
      }
      bodyBytes = first.body().length;
      List<CompletableFuture<Void>> askers = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        askers.add(ask(client, request, measuredFrom, end, nanos, asked, notOk));
      }
      CompletableFuture.allOf(askers.toArray(CompletableFuture[]::new)).join();
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Load.Result(
        sorted.length / (pace.measured().toMillis() / 1e3),
        Duration.ofNanos(sorted[sorted.length / 2]),
        Duration.ofNanos(sorted[(int) (sorted.length * 0.99)]),
        asked.get(),
        bodyBytes,
        notOk.get());
  }

  private static CompletableFuture<Void> ask(
      HttpClient client,
      HttpRequest request,
      long measuredFrom,
      long end,
      ConcurrentLinkedQueue<Long> nanos,
      AtomicInteger asked,
      AtomicInteger notOk) {
    long begun = System.nanoTime();
    if (begun >= end) {
      return CompletableFuture.completedFuture(null);
    }
    asked.incrementAndGet();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenComposeAsync(
            response -> {
              if (response.statusCode() != 200) {
                notOk.incrementAndGet();
              }
              if (begun >= measuredFrom) {
                nanos.add(System.nanoTime() - begun);
              }
              return ask(client, request, measuredFrom, end, nanos, asked, notOk);
            });
  }
}
