// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.agentscale.adapter.Version;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The service's own metrics: all names, helps and units are here.
 *
 * <p>Label values must come from small fixed sets (a route's pattern, never a path), since each
 * value is a series for ever.
 */
public final class MetricsExporter {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final MetricRegistry timers = new MetricRegistry();

  private final Counter requests =
      Counter.build("agentscale_requests", "Requests answered, by route and status code.")
          .labelNames("route", "code")
          .register(registry);
  private final Counter prometheusFailures =
      Counter.build(
              "agentscale_prometheus_query_failures",
              "Queries without an answer, by kind of cause.")
          .labelNames("kind")
          .register(registry);
  private final Counter batchComparisons =
      Counter.build(
              "agentscale_rule_batch_comparisons",
              "Comparisons of one query for all objects with one for each, by outcome.")
          .labelNames("outcome")
          .register(registry);
  private final Counter scrapes =
      Counter.build("agentscale_scrapes", "Scrapes of pods, by outcome.")
          .labelNames("outcome")
          .register(registry);

  private final Counter configReloads =
      Counter.build(
              "agentscale_config_reloads",
              "Changes of the configuration file seen, by whether they were accepted or refused.")
          .labelNames("outcome")
          .register(registry);
  private final Gauge configInUse =
      Gauge.build(
              "agentscale_config_last_reload_successful",
              "1 while the configuration file as it is now is in use, else 0.")
          .register(registry);

  public MetricsExporter() {
    configInUse.set(1);
    configReloads.labels("accepted");
    configReloads.labels("refused");
    new TimerBridge(
            timers,
            Map.of(
                "agentscale_request_duration_seconds",
                "Time from a request's arrival to its answer, by route.",
                "agentscale_prometheus_query_duration_seconds",
                "Time a query took, answered or not.",
                "agentscale_scrape_duration_seconds",
                "Time a scrape of one pod took, whatever its outcome."))
        .register(registry);
    buildInfo().register(registry);
    DefaultExports.register(registry);
  }

  /**
   * Counts an answered request.
   *
   * @param route the pattern it matched
   * @param code the HTTP status
   */
  public void requestAnswered(String route, int code, Duration took) {
    requests.labels(route, Integer.toString(code)).inc();
    timer("agentscale_request_duration_seconds", "route", route).update(took);
  }

  /** Counts a change of the configuration file. */
  public void configReloaded(boolean accepted) {
    configReloads.labels(accepted ? "accepted" : "refused").inc();
    configInUse.set(accepted ? 1 : 0);
  }

  /** Counts a query that was answered. */
  public void prometheusAnswered(Duration took) {
    timer("agentscale_prometheus_query_duration_seconds").update(took);
  }

  /**
   * Counts a query that was not answered.
   *
   * @param kind of cause, such as {@code timeout}
   */
  public void prometheusFailed(String kind, Duration took) {
    prometheusFailures.labels(kind).inc();
    timer("agentscale_prometheus_query_duration_seconds").update(took);
  }

  /** Counts a comparison of a query for all objects with one for each. */
  public void batchCompared(boolean same) {
    batchComparisons.labels(same ? "same" : "different").inc();
  }

  /**
   * Counts a scrape of a pod.
   *
   * @param outcome such as {@code ok} or {@code timeout}
   */
  public void scraped(String outcome, Duration took) {
    scrapes.labels(outcome).inc();
    timer("agentscale_scrape_duration_seconds").update(took);
  }

  /**
   * Shows how old the samples are that answers are made of.
   *
   * @param ages asked at each exposition: the age by metric; a metric without a sample is left out,
   *     for it has no age
   */
  public void showSampleAges(Supplier<Map<String, Duration>> ages) {
    new Collector() {
      @Override
      public List<MetricFamilySamples> collect() {
        var family =
            new GaugeMetricFamily(
                "agentscale_sample_age_seconds",
                "Age of the oldest sample served, by metric.",
                List.of("metric"));
        ages.get()
            .forEach((metric, age) -> family.addMetric(List.of(metric), age.toMillis() / 1e3));
        return List.of(family);
      }
    }.register(registry);
  }

  /** Shows metrics that another part of the service collects at each exposition. */
  public void show(Collector collector) {
    collector.register(registry);
  }

  /**
   * Shows whether autoscalers are followed, and how many metrics are prepared for them.
   *
   * @param followed whether all of them are known
   * @param metrics different metrics they are going to ask for
   */
  public void showAutoscalers(BooleanSupplier followed, IntSupplier metrics) {
    new Collector() {
      @Override
      public List<MetricFamilySamples> collect() {
        return List.of(
            new GaugeMetricFamily(
                "agentscale_autoscalers_followed",
                "1 while the cluster's HorizontalPodAutoscalers are known, else 0.",
                followed.getAsBoolean() ? 1 : 0),
            new GaugeMetricFamily(
                "agentscale_autoscaler_metrics",
                "Different metrics prepared before an autoscaler asks for them.",
                metrics.getAsInt()));
      }
    }.register(registry);
  }

  /** All metrics in the format that suits an {@code Accept} header best; plain text without one. */
  Exposition expose(@Nullable String accept) {
    String contentType = TextFormat.chooseContentType(accept);
    StringWriter text = new StringWriter();
    try {
      TextFormat.writeFormat(contentType, text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail", e);
    }
    return new Exposition(contentType, text.toString());
  }

  record Exposition(String contentType, String text) {}

  private Timer timer(String name, String... labels) {
    return timers.timer(TimerBridge.encode(name, labels));
  }

  private static Collector buildInfo() {
    var info =
        new GaugeMetricFamily(
            "agentscale_build_info", "Always 1; tells the version.", List.of("version", "java"));
    info.addMetric(List.of(Version.text(), Runtime.version().toString()), 1);
    return new Collector() {
      @Override
      public List<MetricFamilySamples> collect() {
        return List.of(info);
      }
    };
  }
}
