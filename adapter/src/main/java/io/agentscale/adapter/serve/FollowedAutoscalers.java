// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ClusterWatch;
import io.agentscale.adapter.cluster.FollowStatus;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.interest.Interests;
import io.agentscale.adapter.metrics.Preparation;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.apiservice.provider.GroupResource;
import java.time.InstantSource;
import java.util.Set;

/**
 * The cluster's autoscalers, whose metrics are fetched before they ask. Nothing waits for it: where
 * autoscalers cannot be read, only their first questions take longer.
 */
final class FollowedAutoscalers {
  private static final ResourceKind AUTOSCALERS =
      ResourceMapper.wellKnown()
          .resolve(new GroupResource("autoscaling", "horizontalpodautoscalers"))
          .orElseThrow();

  private FollowedAutoscalers() {}

  /** Begins to follow; closed, it ends. */
  static AutoCloseable start(
      ClusterConnection connection,
      KnownObjects known,
      MetricSources sources,
      MetricsExporter exporter,
      InstantSource clock) {
    Preparation preparation = new Preparation(known.kinds(), known.objects(), sources::served);
    Interests interests = new Interests(preparation::prepare);
    ClusterWatch watch = ClusterWatch.connect(connection, Set.of(), clock);
    watch.follow(AUTOSCALERS, interests);
    exporter.showAutoscalers(() -> isFollowed(status(watch)), interests::size);
    sources.everyRound(
        () -> {
          interests.watch(() -> status(watch));
          interests.tick(clock.instant());
        });
    return watch;
  }

  private static FollowStatus status(ClusterWatch watch) {
    return watch.status(AUTOSCALERS).orElseThrow();
  }

  private static boolean isFollowed(FollowStatus status) {
    return status.synced() && status.failure().isEmpty();
  }
}
