// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.keda.wire.GetMetricSpecResponse;
import io.agentscale.adapter.keda.wire.IsActiveResponse;
import io.agentscale.core.metric.Quantity;
import java.util.Optional;

/** Somebody who follows a trigger through an open stream. */
sealed interface Watch {

  /** Returns the stream to them. */
  TriggerStream<?> stream();

  /** Looks at what became of the trigger's value. */
  void valued(TriggerValue value);

  /** Looks at what one replica carries. */
  void sized(Quantity target);

  /** Says again what was said, if that may help. */
  void remind();

  /**
   * Follows whether there should be a replica: told at the start, and whenever there should be
   * again. "Not any more" is never told: KEDA does not heed it, and asks by itself.
   */
  final class OfActivity implements Watch {
    private final TriggerStream<IsActiveResponse> stream;
    private Optional<Boolean> told = Optional.empty();

    OfActivity(TriggerStream<IsActiveResponse> stream) {
      this.stream = stream;
    }

    @Override
    public TriggerStream<?> stream() {
      return stream;
    }

    @Override
    public synchronized void valued(TriggerValue value) {
      boolean risen = value.active() && !told.orElse(false);
      if (told.isEmpty() || risen) {
        stream.tell(message(value.active()));
      }
      told = Optional.of(value.active());
    }

    @Override
    public void sized(Quantity target) {}

    @Override
    public synchronized void remind() {
      if (told.orElse(false)) {
        stream.tell(message(true));
      }
    }

    private static IsActiveResponse message(boolean active) {
      return IsActiveResponse.newBuilder().setResult(active).build();
    }
  }

  /** Follows how much one replica carries: told at the start and whenever it changes. */
  final class OfSpec implements Watch {
    private final String metricName;
    private final TriggerStream<GetMetricSpecResponse> stream;
    private Optional<Quantity> told = Optional.empty();

    OfSpec(String metricName, TriggerStream<GetMetricSpecResponse> stream) {
      this.metricName = metricName;
      this.stream = stream;
    }

    @Override
    public TriggerStream<?> stream() {
      return stream;
    }

    @Override
    public void valued(TriggerValue value) {}

    @Override
    public synchronized void sized(Quantity target) {
      if (!told.equals(Optional.of(target))) {
        stream.tell(Messages.spec(metricName, target));
        told = Optional.of(target);
      }
    }

    @Override
    public void remind() {}
  }
}
