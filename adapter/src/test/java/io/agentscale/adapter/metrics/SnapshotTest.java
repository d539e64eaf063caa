// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.metrics;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.rules.Kinds;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A request answered half by one configuration and half by the next is answered by neither. */
final class SnapshotTest {
  private static final int SWAPS = 1_000;
  private static final ObjectIndex NO_OBJECTS =
      new ObjectIndex() {
        @Override
        public List<ClusterObject> select(
            ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
          return List.of();
        }

        @Override
        public boolean isSynced(ResourceKind kind) {
          return true;
        }
      };

  /** One of the two origins of a configuration; each knows one metric, named after the latter. */
  private record Part(int configuration, String name) implements MetricOrigin {
    @Override
    public MetricCatalog catalog() {
      return new MetricCatalog(List.of(), List.of(name + configuration));
    }

    @Override
    public boolean servesObjects(ResourceKind kind, String metric) {
      return false;
    }

    @Override
    public boolean servesExternal(String metric) {
      return metric.equals("load");
    }

    @Override
    public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
      throw new AssertionError("not asked");
    }

    @Override
    public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
      return completedStage(
          new Answer.Values<>(
              List.of(
                  new ExternalMetricValue(
                      Optional.empty(),
                      Quantity.of((long) configuration),
                      Instant.EPOCH,
                      Optional.<Duration>empty()))));
    }
  }

  private static Served configuration(int number) {
    return new Served(List.of(new Part(number, "a"), new Part(number, "b")), Optional.empty());
  }

  @Test
  void thousandSwaps_everyCatalogIsWhole_everyRequestAnswered() throws Exception {
    AtomicReference<Served> served = new AtomicReference<>(configuration(0));
    MetricsRouter router = new MetricsRouter(Kinds.RECORDED, NO_OBJECTS, served::get);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Integer>> askers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        askers.add(threads.submit(() -> askUntil(stop, router)));
      }
      for (int i = 1; i <= SWAPS; i++) {
        served.set(configuration(i));
        Thread.onSpinWait();
      }
      stop.set(true);
      for (Future<Integer> asker : askers) {
        assertThat(asker.get()).isPositive();
      }
    }
    assertThat(router.catalog().externalMetrics()).containsExactly("a" + SWAPS, "b" + SWAPS);
  }

  private static int askUntil(AtomicBoolean stop, MetricsRouter router) {
    int asked = 0;
    do {
      List<String> names = router.catalog().externalMetrics();
      assertThat(names).hasSize(2);
      assertThat(names.get(0).substring(1)).isEqualTo(names.get(1).substring(1));
      var query = new ExternalMetricQuery("default", "load", LabelSelector.EVERYTHING);
      assertThat(router.externalValues(query).toCompletableFuture().join())
          .isInstanceOf(Answer.Values.class);
      asked++;
    } while (!stop.get());
    return asked;
  }
}
