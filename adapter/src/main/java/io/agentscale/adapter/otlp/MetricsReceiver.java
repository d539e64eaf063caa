// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc.MetricsServiceImplBase;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.util.Optional;

/**
 * Takes exports. What cannot be taken is told to the exporter: as a partial success where the rest
 * was taken, else as an error.
 */
final class MetricsReceiver extends MetricsServiceImplBase {
  private final PushedPods pods;
  private final PushObserver observer;

  MetricsReceiver(PushedPods pods, PushObserver observer) {
    this.pods = pods;
    this.observer = observer;
  }

  /** What became of one export. */
  private static final class Outcome {
    private final Rejections rejections = new Rejections();
    private int taken;
    private int unused;
    private int denied;
    private int full;
  }

  @Override
  public void export(
      ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> client) {
    Pusher pusher = PushAuthentication.pusher();
    Outcome outcome = new Outcome();
    for (ResourceMetrics metrics : request.getResourceMetricsList()) {
      take(metrics, pusher, outcome);
    }
    observer.exported(outcome.taken, outcome.unused, outcome.rejections.points());
    Optional<StatusException> refusal = refusal(outcome);
    if (refusal.isPresent()) {
      client.onError(refusal.get());
      return;
    }
    client.onNext(response(outcome));
    client.onCompleted();
  }

  private void take(ResourceMetrics metrics, Pusher pusher, Outcome outcome) {
    PushedResource resource = PushedResource.of(metrics.getResource(), pusher);
    PointReader reader = new PointReader(pods.kept(), outcome.rejections);
    metrics.getScopeMetricsList().forEach(scope -> scope.getMetricsList().forEach(reader::read));
    outcome.unused += reader.unused();
    int points = reader.points().size();
    if (points == 0 && reader.ended().isEmpty()) {
      return;
    }
    if (resource.pod().filter(PodName::isPossible).isEmpty()) {
      outcome.rejections.add(
          points,
          "the resource names no pod: set OTEL_RESOURCE_ATTRIBUTES to"
              + " k8s.namespace.name=NAMESPACE,k8s.pod.name=POD");
      return;
    }
    PodName pod = resource.pod().get();
    if (!pusher.mayPushFor(pod)) {
      outcome.denied += points;
      outcome.rejections.add(points, pusher.name() + " may not push for pod " + pod);
      return;
    }
    Optional<String> refused =
        pods.add(pod, resource.uid(), resource.process(), reader.points(), reader.ended());
    if (refused.isPresent()) {
      outcome.full += points;
      outcome.rejections.add(points, refused.get());
    } else {
      outcome.taken += points;
    }
  }

  /** An export of which nothing could be taken is an error; the more so, the more it is ours. */
  private static Optional<StatusException> refusal(Outcome outcome) {
    Status status = Status.INVALID_ARGUMENT;
    if (outcome.denied > 0) {
      status = Status.PERMISSION_DENIED;
    } else if (outcome.full > 0) {
      status = Status.RESOURCE_EXHAUSTED;
    }
    return outcome.taken > 0 || outcome.rejections.points() == 0
        ? Optional.empty()
        : Optional.of(status.withDescription(outcome.rejections.causes()).asException());
  }

  private static ExportMetricsServiceResponse response(Outcome outcome) {
    ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
    if (outcome.rejections.points() > 0) {
      response.setPartialSuccess(
          ExportMetricsPartialSuccess.newBuilder()
              .setRejectedDataPoints(outcome.rejections.points())
              .setErrorMessage(outcome.rejections.causes()));
    }
    return response.build();
  }
}
