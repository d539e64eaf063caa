// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.apiservice.provider.ObjectUsage;
import io.agentscale.apiservice.provider.ObjectUsage.OfNode;
import io.agentscale.apiservice.provider.ObjectUsage.OfPod;
import io.agentscale.apiservice.provider.Usage;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one object uses: {@code PodMetrics} or {@code NodeMetrics} of {@code metrics.k8s.io}.
 *
 * @param usage of the object
 */
public record UsageDocument(ObjectUsage usage) implements ApiObject {
  static final String API_VERSION = "metrics.k8s.io/v1beta1";

  @Override
  public String apiVersion() {
    return API_VERSION;
  }

  @Override
  public String kind() {
    return switch (usage) {
      case OfPod _ -> Kind.PODS.document();
      case OfNode _ -> Kind.NODES.document();
    };
  }

  @Override
  public void writeProtobuf(ProtobufWriter out) {
    out.message(1, this::writeMetadata);
    out.time(2, usage.at());
    out.message(3, window -> window.number(1, usage.window().toNanos()));
    switch (usage) {
      case OfPod pod -> {
        for (ObjectUsage.Container container : pod.containers()) {
          out.message(
              4,
              nested -> {
                nested.string(1, container.name());
                writeUsage(nested, 2, container.usage());
              });
        }
      }
      case OfNode node -> writeUsage(out, 4, node.usage());
    }
  }

  /** Field numbers are those of {@code k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta}. */
  private void writeMetadata(ProtobufWriter out) {
    out.string(1, usage.subject().name());
    out.string(2, "");
    out.string(3, usage.subject().namespace().orElse(""));
    out.string(4, "");
    out.string(5, "");
    out.string(6, "");
    out.number(7, 0);
    out.time(8, usage.at());
    new TreeMap<>(usage.subject().labels()).forEach((key, value) -> writeEntry(out, key, value));
  }

  private static void writeEntry(ProtobufWriter out, String key, String value) {
    out.message(
        11,
        entry -> {
          entry.string(1, key);
          entry.string(2, value);
        });
  }

  private static void writeUsage(ProtobufWriter out, int field, Usage usage) {
    amounts(usage)
        .forEach(
            (resource, amount) ->
                out.message(
                    field,
                    entry -> {
                      entry.string(1, resource);
                      entry.message(2, quantity -> quantity.string(1, amount));
                    }));
  }

  private static Map<String, String> amounts(Usage usage) {
    return new TreeMap<>(
        Map.of("cpu", usage.cpu().toString(), "memory", usage.memory().toString()));
  }

  @Override
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", kind());
    json.writeStringField("apiVersion", apiVersion());
    writeFields(json);
    json.writeEndObject();
  }

  /** Writes what stands behind kind and version, which the items of a list have not. */
  void writeFields(JsonGenerator json) throws IOException {
    writeMetadata(json);
    json.writeStringField("timestamp", text(usage.at()));
    json.writeStringField("window", text(usage.window()));
    switch (usage) {
      case OfPod pod -> {
        json.writeArrayFieldStart("containers");
        for (ObjectUsage.Container container : pod.containers()) {
          json.writeStartObject();
          json.writeStringField("name", container.name());
          writeUsage(json, container.usage());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      case OfNode node -> writeUsage(json, node.usage());
    }
  }

  private void writeMetadata(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeStringField("name", usage.subject().name());
    if (usage.subject().namespace().isPresent()) {
      json.writeStringField("namespace", usage.subject().namespace().get());
    }
    json.writeStringField("creationTimestamp", text(usage.at()));
    if (!usage.subject().labels().isEmpty()) {
      writeMap(json, "labels", new TreeMap<>(usage.subject().labels()));
    }
    json.writeEndObject();
  }

  private static void writeUsage(JsonGenerator json, Usage usage) throws IOException {
    writeMap(json, "usage", amounts(usage));
  }

  private static void writeMap(JsonGenerator json, String field, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Writes a duration as Go does, such as {@code 1h0m0s} or {@code 2.5s}. */
  static String text(Duration duration) {
    String seconds =
        duration.toNanosPart() == 0
            ? duration.toSecondsPart() + "s"
            : BigDecimal.valueOf(
                        duration.toSecondsPart() * 1_000_000_000L + duration.toNanosPart(), 9)
                    .stripTrailingZeros()
                    .toPlainString()
                + "s";
    if (duration.toMinutes() == 0) {
      return seconds;
    }
    String minutes = duration.toMinutesPart() + "m" + seconds;
    return duration.toHours() == 0 ? minutes : duration.toHours() + "h" + minutes;
  }
}
