// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach one Prometheus.
 *
 * @param url http or https; a path before {@code /api/v1} is kept, as Mimir and proxies need it
 * @param deadline for a whole question: waiting, connecting, and reading the last byte
 * @param maxAnswerBytes the largest answer read, after decompression
 * @param maxConcurrentQuestions more wait their turn, within their deadline
 * @param credentials who we say we are
 * @param headers sent with every question, such as {@code X-Scope-OrgID}
 * @param tls what to trust and to show
 */
public record PrometheusConfig(
    URI url,
    Duration deadline,
    long maxAnswerBytes,
    int maxConcurrentQuestions,
    Credentials credentials,
    Map<String, String> headers,
    TlsFiles tls) {

  /** Inside the 4 s of a request, so that its answer names the cause and still is in time. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofMillis(3500);

  public static final long DEFAULT_MAX_ANSWER_BYTES = 64L << 20;
  public static final int DEFAULT_MAX_CONCURRENT_QUESTIONS = 16;
  private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(10);

  public PrometheusConfig {
    requireUrl(url);
    require(
        deadline.compareTo(SHORTEST_DEADLINE) >= 0,
        "deadline: must be at least 10 ms, was: " + deadline);
    require(maxAnswerBytes > 0, "maxAnswerBytes: must be positive, was: " + maxAnswerBytes);
    require(
        maxConcurrentQuestions > 0,
        "maxConcurrentQuestions: must be positive, was: " + maxConcurrentQuestions);
    headers.forEach(PrometheusConfig::requireHeader);
    headers = Map.copyOf(headers);
  }

  /** The defaults for a Prometheus that asks for no credentials. */
  public static PrometheusConfig at(URI url) {
    return new PrometheusConfig(
        url,
        DEFAULT_DEADLINE,
        DEFAULT_MAX_ANSWER_BYTES,
        DEFAULT_MAX_CONCURRENT_QUESTIONS,
        new Credentials.None(),
        Map.of(),
        TlsFiles.NONE);
  }

  public PrometheusConfig withDeadline(Duration newDeadline) {
    return new PrometheusConfig(
        url, newDeadline, maxAnswerBytes, maxConcurrentQuestions, credentials, headers, tls);
  }

  public PrometheusConfig withMaxAnswerBytes(long bytes) {
    return new PrometheusConfig(
        url, deadline, bytes, maxConcurrentQuestions, credentials, headers, tls);
  }

  public PrometheusConfig withCredentials(Credentials newCredentials) {
    return new PrometheusConfig(
        url, deadline, maxAnswerBytes, maxConcurrentQuestions, newCredentials, headers, tls);
  }

  public PrometheusConfig withHeaders(Map<String, String> newHeaders) {
    return new PrometheusConfig(
        url, deadline, maxAnswerBytes, maxConcurrentQuestions, credentials, newHeaders, tls);
  }

  public PrometheusConfig withTls(TlsFiles newTls) {
    return new PrometheusConfig(
        url, deadline, maxAnswerBytes, maxConcurrentQuestions, credentials, headers, newTls);
  }

  /** Without the values of headers, which may be secrets. */
  @Override
  public String toString() {
    return "PrometheusConfig[url=%s, deadline=%s, credentials=%s, headers=%s, tls=%s]"
        .formatted(url, deadline, credentials, new TreeMap<>(headers).keySet(), tls);
  }

  private static void requireUrl(URI url) {
    // First, so that no later message repeats a password.
    require(
        url.getRawUserInfo() == null,
        "url: must hold no user or password; name the user and a password file instead");
    String scheme = String.valueOf(url.getScheme());
    require(
        (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null,
        "url: must be http://host[:port][/path] or https://..., was: " + url);
    require(
        url.getRawQuery() == null && url.getRawFragment() == null,
        "url: must end before any ? or #, was: " + url);
  }

  private static void requireHeader(String name, String value) {
    require(
        name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
        "headers: must have names of HTTP's token characters, was: " + name);
    require(
        value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f)),
        "headers: value of " + name + " must be printable ASCII");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
