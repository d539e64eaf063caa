// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelRequirement.Operator;
import io.agentscale.core.metric.LabelSelector;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Part of a Kubernetes object with its path: strict on the form of the fields asked for, blind to
 * all others. Every reading method throws {@link MalformedObjectException}.
 *
 * @param node the value; missing for a part that is not there
 * @param path such as {@code spec.scaleTargetRef}; empty for the object itself
 */
public record Fields(JsonNode node, String path) {

  /** Returns an object's fields. */
  public static Fields of(JsonNode object) {
    return new Fields(object, "");
  }

  /** Reads which object this is. */
  public ObjectId id(String defaultNamespace) {
    Fields metadata = section("metadata");
    return new ObjectId(
        required("kind"),
        metadata.text("namespace").filter(text -> !text.isBlank()).orElse(defaultNamespace),
        metadata.required("name"));
  }

  /** Reads a {@code scaleTargetRef}. */
  public TargetRef target(String name) {
    Fields reference = section(name);
    return new TargetRef(
        reference.text("apiVersion").orElse("apps/v1"),
        reference.text("kind").orElse("Deployment"),
        reference.required("name"));
  }

  /** Returns the part of that name; without fields if it is not there. */
  public Fields section(String name) {
    Fields section = new Fields(node.path(name), pathOf(name));
    if (section.isGiven() && !section.node.isObject()) {
      throw section.mustBe("a mapping");
    }
    return section;
  }

  /** Tells whether this part is there. */
  public boolean isGiven() {
    return !node.isMissingNode() && !node.isNull();
  }

  /** Reads text; a number or a boolean is taken as written. */
  public Optional<String> text(String name) {
    Fields value = value(name);
    if (value.isGiven() && !value.node.isValueNode()) {
      throw value.mustBe("text");
    }
    return value.isGiven() ? Optional.of(value.node.asText()) : Optional.empty();
  }

  /** Reads text that must be there. */
  public String required(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new MalformedObjectException(pathOf(name), "must be given"));
  }

  /** Reads a count. */
  public OptionalInt count(String name) {
    Fields value = value(name);
    if (!value.isGiven()) {
      return OptionalInt.empty();
    }
    if (!value.node.canConvertToInt() || !value.node.isIntegralNumber() || value.node.asInt() < 0) {
      throw value.mustBe("a whole number, 0 or more");
    }
    return OptionalInt.of(value.node.asInt());
  }

  /** Reads a time as Kubernetes writes it. */
  public Optional<Instant> time(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeException e) {
                throw value(name).mustBe("a time such as 2026-11-20T20:26:59Z");
              }
            });
  }

  /** Reads the items of a list; none if it is not there. */
  public List<Fields> items(String name) {
    Fields list = value(name);
    if (list.isGiven() && !list.node.isArray()) {
      throw list.mustBe("a list");
    }
    return IntStream.range(0, list.node.size())
        .mapToObj(i -> new Fields(list.node.get(i), list.path + "[" + i + "]"))
        .toList();
  }

  /** Reads a mapping of text to text; empty if it is not there. */
  public Map<String, String> texts(String name) {
    Fields section = section(name);
    Map<String, String> texts = new LinkedHashMap<>();
    section
        .node
        .fieldNames()
        .forEachRemaining(key -> section.text(key).ifPresent(text -> texts.put(key, text)));
    return texts;
  }

  /** Reads a label selector; empty if it is not there. An empty one matches everything. */
  public Optional<LabelSelector> selector(String name) {
    Fields selector = section(name);
    if (!selector.isGiven()) {
      return Optional.empty();
    }
    List<LabelRequirement> requirements = new ArrayList<>();
    selector
        .texts("matchLabels")
        .forEach(
            (key, value) ->
                requirements.add(new LabelRequirement(key, Operator.EQUALS, List.of(value))));
    for (Fields expression : selector.items("matchExpressions")) {
      requirements.add(expression.requirement());
    }
    return Optional.of(new LabelSelector(requirements));
  }

  private LabelRequirement requirement() {
    Operator operator =
        switch (required("operator")) {
          case "In" -> Operator.IN;
          case "NotIn" -> Operator.NOT_IN;
          case "Exists" -> Operator.EXISTS;
          case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
          default -> throw value("operator").mustBe("one of In, NotIn, Exists, DoesNotExist");
        };
    List<String> values = items("values").stream().map(item -> item.node.asText()).toList();
    return new LabelRequirement(required("key"), operator, values);
  }

  private Fields value(String name) {
    return new Fields(node.path(name), pathOf(name));
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private MalformedObjectException mustBe(String rule) {
    String found = node.isValueNode() ? node.asText() : node.isArray() ? "a list" : "a mapping";
    return new MalformedObjectException(path, "must be " + rule + ", was: " + found);
  }
}
