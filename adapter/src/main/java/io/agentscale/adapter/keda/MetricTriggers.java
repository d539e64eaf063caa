// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.core.metric.Quantity;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads external metrics for triggers. They are kept fresh for as long as anybody asks, so that
 * only the first question may wait.
 */
final class MetricTriggers {
  private final MetricsProvider provider;
  private final Duration patience;

  /**
   * @param patience how long an answer may take
   */
  MetricTriggers(MetricsProvider provider, Duration patience) {
    this.provider = provider;
    this.patience = patience;
  }

  /** Returns the sum of the metric's series; fails with a {@link StatusException}. */
  CompletableFuture<TriggerValue> value(Trigger.OfMetric trigger) {
    CompletableFuture<Answer<ExternalMetricValue>> asked;
    try {
      asked =
          provider
              .externalValues(
                  new ExternalMetricQuery(
                      trigger.namespace(), trigger.metric(), trigger.selector()))
              .toCompletableFuture()
              .copy();
    } catch (RuntimeException e) {
      asked = CompletableFuture.failedFuture(e);
    }
    return asked
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (answer, failure) -> {
              try {
                return failure == null ? value(trigger, answer) : failed(trigger, failure);
              } catch (StatusException e) {
                throw new CompletionException(e);
              }
            });
  }

  private TriggerValue failed(Trigger.OfMetric trigger, Throwable failure) throws StatusException {
    Throwable cause = StageFailure.cause(failure);
    throw unavailable(
        trigger,
        cause instanceof TimeoutException
            ? "no answer within " + patience.toMillis() + " ms"
            : String.valueOf(cause.getMessage()));
  }

  private static TriggerValue value(Trigger.OfMetric trigger, Answer<ExternalMetricValue> answer)
      throws StatusException {
    return switch (answer) {
      case Answer.Values<ExternalMetricValue>(List<ExternalMetricValue> series) ->
          value(trigger, series);
      case Answer.Refused<ExternalMetricValue>(Answer.Reason reason, String cause) ->
          throw status(reason).withDescription(named(trigger) + ": " + cause).asException();
    };
  }

  private static TriggerValue value(Trigger.OfMetric trigger, List<ExternalMetricValue> series)
      throws StatusException {
    if (series.isEmpty()) {
      throw unavailable(trigger, "no series match selector " + trigger.selector());
    }
    long milli = 0;
    for (ExternalMetricValue each : series) {
      milli = saturated(milli, each.value().milli());
    }
    if (milli < 0) {
      // KEDA would take it for no load at all.
      throw unavailable(
          trigger, "is negative, " + Quantity.ofMilli(milli) + ": no load to scale on");
    }
    Quantity sum = Quantity.ofMilli(milli);
    return new TriggerValue(sum, trigger.isActive(sum));
  }

  private static long saturated(long one, long other) {
    long sum = one + other;
    boolean overflowed = ((one ^ sum) & (other ^ sum)) < 0;
    return overflowed ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  private static Status status(Answer.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> Status.NOT_FOUND;
      case BAD_REQUEST -> Status.INVALID_ARGUMENT;
      case NO_SAMPLE, SOURCE_FAILED, UNAVAILABLE -> Status.UNAVAILABLE;
    };
  }

  private static StatusException unavailable(Trigger.OfMetric trigger, String cause) {
    return Status.UNAVAILABLE.withDescription(named(trigger) + ": " + cause).asException();
  }

  private static String named(Trigger.OfMetric trigger) {
    return "metric " + trigger.metric() + " of namespace " + trigger.namespace();
  }
}
