// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.cluster.ResourceMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which metrics the rules expose, by the series that exist.
 *
 * <p>Every rule is on its own: one whose Prometheus does not answer keeps the series it had, and
 * neither hides nor delays any other rule's.
 */
public final class RuleDiscovery {
  private static final Logger log = LoggerFactory.getLogger(RuleDiscovery.class);

  private final RuleSet rules;
  private final ResourceMapper kinds;
  private final Map<String, RuleBackend> backends;
  private final Duration maxAge;
  private final Map<Rule, Set<Series>> series = new ConcurrentHashMap<>();
  private final Map<Rule, String> failures = new ConcurrentHashMap<>();
  private final AtomicInteger changes = new AtomicInteger();
  private volatile MetricRegistry registry;

  /**
   * Creates a discovery that knows raw rules only until {@link #relist} has been called.
   *
   * @param backends by name; the default one's name is empty
   * @param maxAge a series not seen for this long no longer exists
   */
  public RuleDiscovery(
      RuleSet rules, ResourceMapper kinds, Map<String, RuleBackend> backends, Duration maxAge) {
    this.rules = rules;
    this.kinds = kinds;
    this.backends = Map.copyOf(backends);
    this.maxAge = maxAge;
    this.registry = MetricRegistry.of(rules, series, kinds);
  }

  /**
   * Returns the discovery of other rules, which knows from the start what this one knows of the
   * series that both ask for.
   */
  public RuleDiscovery successor(RuleSet next, Map<String, RuleBackend> nextBackends) {
    RuleDiscovery successor = new RuleDiscovery(next, kinds, nextBackends, maxAge);
    for (Rule rule : next.all()) {
      if (rule instanceof Rule.Discovery discovery) {
        known(discovery).ifPresent(found -> successor.series.put(rule, found));
      }
    }
    successor.registry = MetricRegistry.of(next, successor.series, kinds);
    return successor;
  }

  private Optional<Set<Series>> known(Rule.Discovery wanted) {
    for (Map.Entry<Rule, Set<Series>> entry : series.entrySet()) {
      if (entry.getKey() instanceof Rule.Discovery rule
          && rule.seriesQuery().equals(wanted.seriesQuery())
          && rule.backend().equals(wanted.backend())) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /** Returns what is exposed, from memory. */
  public MetricRegistry registry() {
    return registry;
  }

  /** Returns why more metrics may exist than are known: one sentence for every rule that failed. */
  public List<String> failures() {
    return failures.values().stream().sorted().toList();
  }

  /** Asks for the series of every rule at once; completes when all have been answered or failed. */
  public CompletionStage<Void> relist(Instant now) {
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (Rule rule : rules.all()) {
      if (rule instanceof Rule.Discovery discovery) {
        asked.add(relist(discovery, now).toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenRun(() -> registry = MetricRegistry.of(rules, series, kinds));
  }

  /** What many rules tell at one moment is taken in together. */
  private void changed() {
    if (changes.getAndIncrement() > 0) {
      return;
    }
    int taken;
    do {
      taken = changes.get();
      registry = MetricRegistry.of(rules, series, kinds);
    } while (!changes.compareAndSet(taken, 0));
  }

  private CompletionStage<Void> relist(Rule.Discovery rule, Instant now) {
    return backend(rule)
        .map(backend -> families(backend, rule, now))
        .orElseGet(() -> CompletableFuture.failedStage(noBackend(rule)))
        .handle(
            (found, failure) -> {
              if (failure == null) {
                failures.remove(rule);
                if (!found.equals(series.put(rule, found))) {
                  changed();
                }
              } else {
                failed(rule, failure);
              }
              return null;
            });
  }

  private CompletionStage<Set<Series>> families(
      RuleBackend backend, Rule.Discovery rule, Instant now) {
    return new SeriesLookup(backend.prometheus(), now.minus(maxAge), now)
        .families(
            rule,
            rules.objectRules().contains(rule),
            label -> rule.resources().kindOf(label, kinds).isPresent());
  }

  private void failed(Rule rule, Throwable failure) {
    Throwable cause = StageFailure.cause(failure);
    String text = rule.source() + ": " + cause.getMessage();
    if (!text.equals(failures.put(rule, text))) {
      log.atWarn()
          .addKeyValue("rule", rule.source())
          .addKeyValue("cause", String.valueOf(cause.getMessage()))
          .log("Series of a rule could not be listed; those known before stay");
    }
  }

  Optional<RuleBackend> backend(Rule rule) {
    return Optional.ofNullable(backends.get(rule.backend().orElse("")));
  }

  static IllegalStateException noBackend(Rule rule) {
    return new IllegalStateException(
        rule.backend()
            .map(name -> "no Prometheus is called " + name + "; name it under backends")
            .orElse("no Prometheus is configured; give prometheus.url or --prometheus-url"));
  }
}
