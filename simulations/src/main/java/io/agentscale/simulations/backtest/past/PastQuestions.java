// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import io.agentscale.adapter.prometheus.Credentials;
import io.agentscale.adapter.prometheus.LabelledSeries;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.prometheus.PrometheusException;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.adapter.prometheus.QuestionListener;
import io.agentscale.simulations.backtest.Recording;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.prometheus.PrometheusRange;
import io.agentscale.simulations.trace.prometheus.RangeQuestion;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** One Prometheus that is asked about the past; close it after use. */
public final class PastQuestions implements AutoCloseable {
  /** A piece is up to 10,000 points of an expression that may be dear. */
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final PrometheusConfig config;
  private final TrafficSetting setting;
  private final PrometheusClient client;
  private final PrometheusRange range;

  /**
   * @param config how to reach it; its deadline is replaced by one for long answers
   * @param setting says what time it is, and where answers are kept
   */
  public PastQuestions(PrometheusConfig config, TrafficSetting setting) {
    this.config = config;
    this.setting = setting;
    client = new PrometheusClient(config.withDeadline(DEADLINE), QuestionListener.NONE);
    range = new PrometheusRange(client, cache(config, setting.cache()));
  }

  /** Whoever asks as somebody else may be answered otherwise. */
  private static Path cache(PrometheusConfig config, Path usual) {
    String who = new TreeMap<>(config.headers()) + " " + config.credentials();
    return config.headers().isEmpty() && config.credentials() instanceof Credentials.None
        ? usual
        : usual.resolve("as-" + Integer.toHexString(who.hashCode()));
  }

  /** Returns where it is. */
  String where() {
    return config.url().toString();
  }

  /**
   * Returns all series added up, step by step; what was answered is kept and not asked for again.
   *
   * @throws InvalidTraceException if Prometheus refuses or does not answer
   */
  Recording recording(String promql, Instant from, Instant to, Duration step) {
    RangeQuestion question = new RangeQuestion(config.url(), promql, from, to, step);
    try {
      return Recording.of(range.fetch(question, setting.clock().instant(), setting.progress()));
    } catch (InvalidTraceException e) {
      throw e.getCause() instanceof PrometheusException failure
          ? new InvalidTraceException(e.getMessage() + asked(failure, promql), e)
          : e;
    }
  }

  /**
   * Returns series at few times, which are not kept.
   *
   * @throws InvalidTraceException if Prometheus refuses or does not answer
   */
  List<LabelledSeries> series(String promql, Instant from, Instant to, Duration step) {
    try {
      return client.queryRange(promql, from, to, step).join().data()
              instanceof QueryResult.Matrix(List<LabelledSeries> rows)
          ? rows
          : List.of();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PrometheusException failure) {
        throw new InvalidTraceException(failure.getMessage() + asked(failure, promql), failure);
      }
      throw e;
    }
  }

  /** Of a question that was refused, the question is worth reading; they can be long. */
  private static String asked(PrometheusException failure, String promql) {
    return failure.kind() == PrometheusException.Kind.REJECTED ? "; asked was " + promql : "";
  }

  @Override
  public void close() {
    client.close();
  }
}
