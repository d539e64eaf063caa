// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import io.agentscale.adapter.http.CappedInputStream;
import io.agentscale.adapter.http.TimedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Reads pods' expositions over HTTP, with a deadline and a byte limit for each. */
public final class HttpPodFetcher implements PodFetcher, AutoCloseable {
  private final ScrapeConfig config;
  private final OkHttpClient client;

  public HttpPodFetcher(ScrapeConfig config) {
    this.config = config;
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(config.maxConcurrent());
    // Pods on one address, as behind a host port, are not one another's bottleneck.
    dispatcher.setMaxRequestsPerHost(config.maxConcurrent());
    this.client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            // The deadline over the whole call is the only one.
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // What a pod exposes is at the pod, not where it points.
            .followRedirects(false)
            .build();
  }

  @Override
  public CompletionStage<List<ExposedSeries>> fetch(ScrapeTarget target, Predicate<String> wanted) {
    Request request =
        new Request.Builder()
            .url(HttpUrl.get(target.url().toString()))
            .header("Accept", ExpositionFormat.ACCEPT)
            .build();
    return TimedCall.start(
        client.newCall(request), config.deadline(), response -> read(response, wanted));
  }

  /** Ends every scrape under way; they fail. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private List<ExposedSeries> read(Response response, Predicate<String> wanted) throws IOException {
    if (response.code() != 200) {
      throw new ExpositionException("answered HTTP status " + response.code());
    }
    String type = response.header("Content-Type");
    Optional<ExpositionFormat> format = ExpositionFormat.of(type);
    if (format.isEmpty()) {
      throw new ExpositionException(
          "answered " + type + ", where text/plain or application/openmetrics-text is needed");
    }
    return Exposition.read(
        new CappedInputStream(response.body().byteStream(), config.maxBodyBytes()),
        format.get(),
        wanted);
  }
}
