// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.otlp.PushedPoint.Kind;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the points of one export into series as a scraper would have found them.
 *
 * <p>Names are spelled as OpenTelemetry's exporter for Prometheus spells them: what Prometheus does
 * not allow becomes {@code _}, a counter ends in {@code _total}, a histogram gives {@code _sum} and
 * {@code _count}. Units are not part of a name here, since the names presets read have none. What
 * no preset reads is passed over.
 */
final class PointReader {
  private static final long NANOS = 1_000_000_000L;

  private final Set<String> kept;
  private final Rejections rejections;
  private final List<PushedPoint> points = new ArrayList<>();
  private final List<PushedPoint> ended = new ArrayList<>();
  private int unused;

  /** What all points of an OTLP message tell alike. */
  private record Told(
      List<KeyValue> attributes, long startNanos, long timeNanos, int flags, Kind kind) {}

  PointReader(Set<String> kept, Rejections rejections) {
    this.kept = kept;
    this.rejections = rejections;
  }

  /** Returns the points read so far. */
  List<PushedPoint> points() {
    return points;
  }

  /** Returns the points read so far that say their series has ended. */
  List<PushedPoint> ended() {
    return ended;
  }

  /** Returns how many points no preset reads. */
  int unused() {
    return unused;
  }

  /** Reads one metric. */
  void read(Metric metric) {
    String name = spelled(metric.getName());
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric.getGauge().getDataPointsList().forEach(point -> number(name, point, Kind.LEVEL));
      case SUM -> sum(name, metric);
      case HISTOGRAM -> {
        Kind kind = kind(metric.getHistogram().getAggregationTemporality());
        metric.getHistogram().getDataPointsList().forEach(point -> histogram(name, point, kind));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        Kind kind = kind(metric.getExponentialHistogram().getAggregationTemporality());
        metric
            .getExponentialHistogram()
            .getDataPointsList()
            .forEach(point -> exponential(name, point, kind));
      }
      case SUMMARY ->
          metric.getSummary().getDataPointsList().forEach(point -> summary(name, point));
      case DATA_NOT_SET -> {}
    }
  }

  private void sum(String name, Metric metric) {
    boolean monotonic = metric.getSum().getIsMonotonic();
    Kind kind = kind(metric.getSum().getAggregationTemporality());
    String series = monotonic && !name.endsWith("_total") ? name + "_total" : name;
    for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
      if (monotonic) {
        number(kept.contains(series) ? series : name, point, kind);
      } else if (kind == Kind.DELTA && kept.contains(name)) {
        rejections.add(
            1, name + ": changes of an up-down counter tell no level; export it as cumulative");
      } else {
        number(name, point, Kind.LEVEL);
      }
    }
  }

  private void number(String series, NumberDataPoint point, Kind kind) {
    double value =
        switch (point.getValueCase()) {
          case AS_DOUBLE -> point.getAsDouble();
          case AS_INT -> (double) point.getAsInt();
          case VALUE_NOT_SET -> Double.NaN;
        };
    add(
        series,
        value,
        new Told(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags(),
            kind));
  }

  private void histogram(String name, HistogramDataPoint point, Kind kind) {
    Told told =
        new Told(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags(),
            kind);
    add(name + "_sum", point.hasSum() ? point.getSum() : Double.NaN, told);
    add(name + "_count", (double) point.getCount(), told);
  }

  private void exponential(String name, ExponentialHistogramDataPoint point, Kind kind) {
    Told told =
        new Told(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags(),
            kind);
    add(name + "_sum", point.hasSum() ? point.getSum() : Double.NaN, told);
    add(name + "_count", (double) point.getCount(), told);
  }

  private void summary(String name, SummaryDataPoint point) {
    Told told =
        new Told(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags(),
            Kind.CUMULATIVE);
    add(name + "_sum", point.getSum(), told);
    add(name + "_count", (double) point.getCount(), told);
  }

  private void add(String series, double value, Told told) {
    if (!kept.contains(series)) {
      unused++;
      return;
    }
    Optional<Map<String, String>> labels = labels(told.attributes());
    if (labels.isEmpty()) {
      rejections.add(
          1,
          "%s: a point may have %d attributes of %d letters together"
              .formatted(series, PushLimits.ATTRIBUTES, PushLimits.LETTERS));
      return;
    }
    boolean over =
        (told.flags() & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    if (!over && !Double.isFinite(value)) {
      rejections.add(1, series + ": has no number, was: " + value);
      return;
    }
    Optional<Instant> start =
        told.kind() == Kind.LEVEL ? Optional.empty() : instant(told.startNanos());
    PushedPoint point =
        new PushedPoint(series, labels.get(), told.kind(), value, start, instant(told.timeNanos()));
    (over ? ended : points).add(point);
  }

  private static Kind kind(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
        ? Kind.DELTA
        : Kind.CUMULATIVE;
  }

  private static Optional<Instant> instant(long unixNanos) {
    return unixNanos <= 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(unixNanos / NANOS, unixNanos % NANOS));
  }

  /** Returns the attributes as labels; nothing if they are too many or too long. */
  static Optional<Map<String, String>> labels(List<KeyValue> attributes) {
    if (attributes.size() > PushLimits.ATTRIBUTES) {
      return Optional.empty();
    }
    Map<String, String> labels = new HashMap<>();
    int letters = 0;
    for (KeyValue attribute : attributes) {
      String value = text(attribute.getValue());
      letters += attribute.getKey().length() + value.length();
      labels.put(spelled(attribute.getKey()), value);
    }
    if (letters > PushLimits.LETTERS) {
      return Optional.empty();
    }
    return Optional.of(labels);
  }

  /** Returns a scalar as text; of a list or a map only that it is one. */
  static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case VALUE_NOT_SET -> "";
      default -> value.getValueCase().name();
    };
  }

  private static String spelled(String name) {
    return name.replaceAll("[^a-zA-Z0-9_:]", "_");
  }
}
