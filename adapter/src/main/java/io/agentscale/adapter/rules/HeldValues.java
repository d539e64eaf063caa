// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last values of objects whose rules say that a missing series holds the one before. */
final class HeldValues {
  private static final Duration DEFAULT_HOLD = Duration.ofMinutes(5);
  private static final int MOST = 100_000;

  private record Key(
      RuleSource rule,
      GroupResource resource,
      String metric,
      Optional<String> namespace,
      String name,
      LabelSelector selector) {}

  private final Map<Key, Reading.Value> last =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Reading.Value> eldest) {
          return size() > MOST;
        }
      };

  /** Returns the reading, or the last value with its own time while that may be held. */
  Reading orLast(
      ObjectMetric metric, ObjectQuestion question, String name, Reading reading, Instant now) {
    if (metric.rule().values().onEmpty() != ValuePolicy.OnEmpty.HOLD) {
      return reading;
    }
    Key key =
        new Key(
            metric.rule().source(),
            metric.kind().resource(),
            metric.name(),
            question.namespace(),
            name,
            question.metricSelector());
    synchronized (last) {
      if (reading instanceof Reading.Value value) {
        last.remove(key);
        last.put(key, value);
        return value;
      }
      Reading.Value before = last.get(key);
      Duration hold = metric.rule().values().maxAge().orElse(DEFAULT_HOLD);
      return before != null && !before.at().plus(hold).isBefore(now) ? before : reading;
    }
  }
}
