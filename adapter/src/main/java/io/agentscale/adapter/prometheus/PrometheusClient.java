// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import io.agentscale.adapter.sample.StageFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.agentscale.adapter.http.CappedInputStream;
import io.agentscale.adapter.http.TimedCall;
import io.agentscale.adapter.prometheus.AnswerReader.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks one Prometheus, or another engine with its query API, without blocking the caller.
 *
 * <p>Every future ends by the configured deadline, either with an answer or with a {@link
 * PrometheusException}; cancelling it ends the call. Questions go by POST, since queries outgrow
 * URLs; only {@code label/.../values} exists by GET alone.
 */
public final class PrometheusClient implements AutoCloseable {
  /** Enough of a page to recognise what wrote it. */
  private static final int EXCERPT_CHARACTERS = 200;

  private static final long MAX_ERROR_BYTES = 64 << 10;

  /** What was never asked to be secure needs no authorities, which take long to read. */
  private static final List<ConnectionSpec> PLAIN = List.of(ConnectionSpec.CLEARTEXT);

  private static final List<ConnectionSpec> SECURE = List.of(ConnectionSpec.MODERN_TLS);

  private final PrometheusConfig config;
  private final QuestionListener listener;
  private final HttpUrl api;
  private final Failures failures;
  private final OkHttpClient plain;
  private final ReloadedTls tls;
  private final Confines confines;

  public PrometheusClient(PrometheusConfig config, QuestionListener listener) {
    this.config = config;
    this.listener = listener;
    this.confines = Confines.NONE;
    this.api = HttpUrl.get(config.url().toString()).newBuilder().addPathSegments("api/v1/").build();
    this.failures = new Failures(config.url());
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(config.maxConcurrentQuestions());
    dispatcher.setMaxRequestsPerHost(config.maxConcurrentQuestions());
    this.plain =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionSpecs(api.isHttps() ? SECURE : PLAIN)
            // The deadline over the whole call is the only one.
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // A redirect leads to a log-in page, and would carry our token there.
            .followRedirects(false)
            .build();
    this.tls = new ReloadedTls(config.tls(), plain);
  }

  private PrometheusClient(PrometheusClient whole, Confines confines) {
    this.config = whole.config;
    this.listener = whole.listener;
    this.api = whole.api;
    this.failures = whole.failures;
    this.plain = whole.plain;
    this.tls = whole.tls;
    this.confines = confines;
  }

  /**
   * Returns a client of the same Prometheus to which only the series with one label value exist.
   * Questions it cannot confine fail. It shares this one's connections; close this one, not it.
   */
  public PrometheusClient confinedTo(String label, String value) {
    return new PrometheusClient(this, Confines.to(label, value));
  }

  /** Evaluates an expression at one time. */
  public CompletableFuture<PrometheusAnswer<QueryResult>> query(String promql, Instant at) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("query", confines.query(promql))
            .add("time", seconds(at))
            .add("timeout", upstreamTimeout());
    return post("query", form, json -> confines.labelled(QueryResultReader.read(json)));
  }

  /** Evaluates an expression at every step from start to end, both included. */
  public CompletableFuture<PrometheusAnswer<QueryResult>> queryRange(
      String promql, Instant start, Instant end, Duration step) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("query", confines.query(promql))
            .add("start", seconds(start))
            .add("end", seconds(end))
            .add("step", step.toMillis() + "ms")
            .add("timeout", upstreamTimeout());
    return post("query_range", form, json -> confines.labelled(QueryResultReader.read(json)));
  }

  /** The label sets of the series that match any of the selectors. */
  public CompletableFuture<PrometheusAnswer<List<Map<String, String>>>> series(
      Collection<String> selectors, Instant start, Instant end) {
    return post(
        "series", lookup(confines.selectors(selectors), start, end), AnswerReader::labelSets);
  }

  /** The label names of the series that match any of the selectors; of all when there are none. */
  public CompletableFuture<PrometheusAnswer<List<String>>> labelNames(
      Collection<String> selectors, Instant start, Instant end) {
    return post(
        "labels",
        lookup(confines.selectors(selectors), start, end),
        json -> AnswerReader.texts(json, "data"));
  }

  /**
   * The values of one label among the series that match any of the selectors; of all when there are
   * none. For {@code __name__}, the names of metrics.
   */
  public CompletableFuture<PrometheusAnswer<List<String>>> labelValues(
      String label, Collection<String> selectors, Instant start, Instant end) {
    HttpUrl.Builder url =
        endpoint("label")
            .newBuilder()
            .addPathSegment(label)
            .addPathSegment("values")
            .addQueryParameter("start", seconds(start))
            .addQueryParameter("end", seconds(end));
    confines.selectors(selectors).forEach(selector -> url.addQueryParameter("match[]", selector));
    return ask(
        "label_values",
        new Request.Builder().url(url.build()),
        json -> AnswerReader.texts(json, "data"));
  }

  /** Ends every call under way; their futures fail. */
  @Override
  public void close() {
    plain.dispatcher().cancelAll();
    plain.dispatcher().executorService().shutdown();
    plain.connectionPool().evictAll();
  }

  private <T> CompletableFuture<PrometheusAnswer<T>> post(
      String endpoint, FormBody.Builder form, AnswerReader.DataReader<T> reader) {
    return ask(endpoint, new Request.Builder().url(endpoint(endpoint)).post(form.build()), reader);
  }

  private <T> CompletableFuture<PrometheusAnswer<T>> ask(
      String endpoint, Request.Builder request, AnswerReader.DataReader<T> reader) {
    long started = System.nanoTime();
    CompletableFuture<PrometheusAnswer<T>> answer = new CompletableFuture<>();
    CompletableFuture<PrometheusAnswer<T>> raw = start(request, reader);
    var _ =
        raw.whenComplete(
            (value, failure) -> {
              Duration took = Duration.ofNanos(System.nanoTime() - started);
              PrometheusException known =
                  failure == null ? null : failures.of(StageFailure.cause(failure));
              try {
                listener.ended(endpoint, took, Optional.ofNullable(known));
              } finally {
                // Even a listener with a bug leaves nobody waiting.
                if (known == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(known);
                }
              }
            });
    var _ =
        answer.whenComplete(
            (value, failure) -> {
              if (answer.isCancelled()) {
                raw.cancel(false);
              }
            });
    return answer;
  }

  private <T> CompletableFuture<PrometheusAnswer<T>> start(
      Request.Builder request, AnswerReader.DataReader<T> reader) {
    try {
      config.headers().forEach(request::header);
      Authorization.of(config.credentials())
          .ifPresent(value -> request.header("Authorization", value));
      Call call = tls.client().newCall(request.header("Accept", "application/json").build());
      return TimedCall.start(call, config.deadline(), response -> read(response, reader));
    } catch (OwnFileException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <T> PrometheusAnswer<T> read(Response response, AnswerReader.DataReader<T> reader)
      throws IOException {
    if (!isJson(response)) {
      throw notJson(response);
    }
    if (!response.isSuccessful()) {
      throw rejection(response);
    }
    Envelope<T> envelope = envelope(response, config.maxAnswerBytes(), reader);
    T data = envelope.data();
    if (envelope.status().equals("error")) {
      throw failures.rejected(response.code(), envelope.errorType(), envelope.error());
    }
    if (!envelope.status().equals("success") || data == null) {
      throw failures.garbage(response.code(), "its status is not success, or it holds no data");
    }
    return new PrometheusAnswer<>(data, envelope.warnings());
  }

  private PrometheusException rejection(Response response) throws IOException {
    try {
      Envelope<String> envelope =
          envelope(
              response,
              MAX_ERROR_BYTES,
              json -> {
                json.skipChildren();
                return "";
              });
      return failures.rejected(response.code(), envelope.errorType(), envelope.error());
    } catch (GarbageException | JsonProcessingException e) {
      return failures.rejected(response.code(), "", "JSON that is not Prometheus' own");
    }
  }

  private static <T> Envelope<T> envelope(
      Response response, long limitBytes, AnswerReader.DataReader<T> reader) throws IOException {
    return AnswerReader.read(
        new CappedInputStream(response.body().byteStream(), limitBytes), reader);
  }

  private PrometheusException notJson(Response response) throws IOException {
    byte[] start = response.body().byteStream().readNBytes(EXCERPT_CHARACTERS);
    String excerpt =
        new String(start, StandardCharsets.UTF_8).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (!response.isSuccessful()) {
      return failures.rejected(response.code(), "", excerpt);
    }
    String type = response.header("Content-Type", "nothing named");
    return failures.garbage(
        response.code(),
        type + " in place of JSON, beginning with '" + excerpt + "'; is a proxy in the way?");
  }

  private static boolean isJson(Response response) {
    String type = response.header("Content-Type", "");
    return type != null && type.startsWith("application/json");
  }

  private HttpUrl endpoint(String name) {
    return api.newBuilder().addPathSegment(name).build();
  }

  private static FormBody.Builder lookup(Collection<String> selectors, Instant start, Instant end) {
    FormBody.Builder form =
        new FormBody.Builder().add("start", seconds(start)).add("end", seconds(end));
    selectors.forEach(selector -> form.add("match[]", selector));
    return form;
  }

  /** A little less than ours, so that Prometheus stops working and says why before we hang up. */
  private String upstreamTimeout() {
    return config.deadline().multipliedBy(9).dividedBy(10).toMillis() + "ms";
  }

  private static String seconds(Instant at) {
    long millis = at.toEpochMilli();
    return "%d.%03d".formatted(Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000));
  }
}
