// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong setting must be refused by name at the start, and a secret never shown. */
final class PrometheusConfigTest {
  private static final PrometheusConfig DEFAULTS = PrometheusConfig.at(URI.create("http://p:9090"));

  record Refusal(String name, ThrowingCallable construct, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refusal> construct_invalid_namesKeyAndValue() {
    return Stream.of(
        url("scheme", "ftp://p", "url: must be http://host[:port][/path] or https://..., was: ftp"),
        url("no scheme", "p:9090", "url: must be http://"),
        url("no host", "http:///x", "url: must be http://"),
        url("query", "http://p?x=y", "url: must end before any ? or #"),
        url("fragment", "http://p#x", "url: must end before any ? or #"),
        new Refusal(
            "deadline", () -> DEFAULTS.withDeadline(Duration.ZERO), "deadline: must be at least"),
        new Refusal("size", () -> DEFAULTS.withMaxAnswerBytes(0), "maxAnswerBytes: must be"),
        new Refusal(
            "header name", () -> DEFAULTS.withHeaders(Map.of("a b", "c")), "headers: must have"),
        new Refusal(
            "header value",
            () -> DEFAULTS.withHeaders(Map.of("a", "b\r\nc: d")),
            "headers: value of a must be printable ASCII"),
        new Refusal(
            "key alone",
            () -> new TlsFiles(Optional.empty(), Optional.empty(), Optional.of(Path.of("k"))),
            "must be given together, was: keyFile alone"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void construct_invalid_namesKeyAndValue(Refusal refusal) {
    assertThatThrownBy(refusal.construct)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(refusal.says);
  }

  @Test
  void construct_passwordInUrl_isRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> PrometheusConfig.at(URI.create("http://user:secret@p:9090")))
        .hasMessageContaining("url: must hold no user or password")
        .hasMessageNotContaining("secret");
  }

  @Test
  void defaults_areThese() {
    assertThat(DEFAULTS)
        .isEqualTo(
            new PrometheusConfig(
                URI.create("http://p:9090"),
                Duration.ofMillis(3500),
                67_108_864,
                16,
                new Credentials.None(),
                Map.of(),
                TlsFiles.NONE));
  }

  @Test
  void toString_hidesHeaderValues() {
    assertThat(DEFAULTS.withHeaders(Map.of("X-Key", "secret")).toString())
        .contains("X-Key")
        .doesNotContain("secret");
  }

  private static Refusal url(String name, String url, String says) {
    return new Refusal(name, () -> PrometheusConfig.at(URI.create(url)), says);
  }
}
