// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.keda.wire.ExternalScalerGrpc.ExternalScalerImplBase;
import io.agentscale.adapter.keda.wire.GetMetricSpecResponse;
import io.agentscale.adapter.keda.wire.GetMetricsRequest;
import io.agentscale.adapter.keda.wire.GetMetricsResponse;
import io.agentscale.adapter.keda.wire.IsActiveResponse;
import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.agentscale.adapter.sample.StageFailure;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The external scaler as KEDA calls it. What is not known is an error, which drives KEDA's {@code
 * fallback}; an empty answer, a zero or "not active" would be read as no load.
 */
final class ExternalScalerService extends ExternalScalerImplBase {
  private static final Logger log = LoggerFactory.getLogger(ExternalScalerService.class);

  private final TriggerReader reader;
  private final Triggers triggers;
  private final OpenStreams streams;

  ExternalScalerService(TriggerReader reader, Triggers triggers, OpenStreams streams) {
    this.reader = reader;
    this.triggers = triggers;
    this.streams = streams;
  }

  private interface Question<T> {
    T ask() throws StatusException;
  }

  @Override
  public void isActive(ScaledObjectRef ref, StreamObserver<IsActiveResponse> client) {
    answer(
        client,
        () -> triggers.value(reader.read(ref)),
        value -> IsActiveResponse.newBuilder().setResult(value.active()).build());
  }

  @Override
  public void getMetricSpec(ScaledObjectRef ref, StreamObserver<GetMetricSpecResponse> client) {
    answer(
        client,
        () -> {
          Trigger trigger = reader.read(ref);
          return CompletableFuture.completedFuture(
              Messages.spec(trigger.metricName(), triggers.target(trigger)));
        },
        spec -> spec);
  }

  @Override
  public void getMetrics(GetMetricsRequest request, StreamObserver<GetMetricsResponse> client) {
    answer(
        client,
        () -> {
          Trigger trigger = reader.read(request.getScaledObjectRef());
          requireName(trigger.metricName(), request.getMetricName());
          return triggers
              .value(trigger)
              .thenApply(value -> Messages.value(trigger.metricName(), value.demand()));
        },
        value -> value);
  }

  /** KEDA's http-add-on asks without a name, and means the only one there is. */
  private static void requireName(String ours, String asked) throws StatusException {
    if (!asked.isEmpty() && !asked.equals(ours)) {
      throw Status.NOT_FOUND
          .withDescription("metricName: this trigger has " + ours + ", asked was " + asked)
          .asException();
    }
  }

  @Override
  public void streamIsActive(ScaledObjectRef ref, StreamObserver<IsActiveResponse> client) {
    open(ref, client, _ -> Watch.OfActivity::new);
  }

  @Override
  public void streamMetricSpec(ScaledObjectRef ref, StreamObserver<GetMetricSpecResponse> client) {
    open(ref, client, trigger -> stream -> new Watch.OfSpec(trigger.metricName(), stream));
  }

  private <M> void open(
      ScaledObjectRef ref,
      StreamObserver<M> client,
      Function<Trigger, Function<TriggerStream<M>, Watch>> watching) {
    try {
      Trigger trigger = reader.read(ref);
      triggers.target(trigger);
      streams.open(trigger, (ServerCallStreamObserver<M>) client, watching.apply(trigger));
    } catch (StatusException e) {
      client.onError(e);
    }
  }

  private static <T, M> void answer(
      StreamObserver<M> client, Question<CompletableFuture<T>> question, Function<T, M> message) {
    CompletableFuture<T> asked;
    try {
      asked = question.ask();
    } catch (StatusException e) {
      client.onError(e);
      return;
    }
    var _ =
        asked.whenComplete(
            (found, failure) -> {
              if (failure == null) {
                client.onNext(message.apply(found));
                client.onCompleted();
              } else {
                client.onError(status(failure));
              }
            });
  }

  private static StatusException status(Throwable failure) {
    if (StageFailure.cause(failure) instanceof StatusException told) {
      return told;
    }
    log.atError().setCause(failure).log("Answering KEDA met a bug");
    return Status.INTERNAL.withDescription("see the log of agentscale").asException();
  }
}
