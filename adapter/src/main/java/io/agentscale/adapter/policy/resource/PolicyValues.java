// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Headroom;
import io.agentscale.core.schedule.Spans;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The values a policy is made of, from their texts. Each throws {@link IllegalArgumentException}
 * with the rule that was broken.
 */
final class PolicyValues {
  private static final Duration LONGEST_HISTORY = Duration.ofDays(366);
  private static final Duration LONGEST_LEAD = Duration.ofDays(1);
  private static final List<Double> QUANTILES = List.of(0.5, 0.8, 0.9, 0.95, 0.99);

  private PolicyValues() {}

  /** Reads a key whose absence means its default, which is written in the same form. */
  static <T> T orDefault(
      YamlMapping mapping, String key, Function<String, T> parser, String byDefault) {
    return orDefault(mapping, key, YamlValue::string, parser, byDefault);
  }

  /**
   * Reads a key whose absence means its default.
   *
   * @param form how the value must be written, as an API server refuses others
   */
  static <T> T orDefault(
      YamlMapping mapping,
      String key,
      Function<YamlValue, String> form,
      Function<String, T> parser,
      String byDefault) {
    return mapping
        .optional(key, value -> parser.apply(form.apply(value)))
        .orElseGet(() -> parser.apply(byDefault));
  }

  static Mode mode(String text) {
    return switch (text) {
      case "Enforce" -> Mode.ENFORCE;
      case "Preview" -> Mode.PREVIEW;
      case "Paused" -> Mode.PAUSED;
      default -> throw mustBe("one of Enforce, Preview, Paused", text);
    };
  }

  static ScalingPolicySpec.Actuation actuation(String text) {
    return switch (text) {
      case "Metric" -> ScalingPolicySpec.Actuation.METRIC;
      case "ExactFloor" -> ScalingPolicySpec.Actuation.EXACT_FLOOR;
      case "Scale" -> ScalingPolicySpec.Actuation.SCALE;
      default -> throw mustBe("one of Metric, ExactFloor, Scale", text);
    };
  }

  /** Reads the name of a preset, spelt with hyphens as names in manifests are. */
  static String preset(String text) {
    List<String> known = Arrays.stream(Preset.values()).map(PolicyValues::spelt).toList();
    if (!known.contains(text)) {
      throw mustBe("one of " + String.join(", ", known), text);
    }
    return text;
  }

  private static String spelt(Preset preset) {
    return preset.metric().name().replace('_', '-');
  }

  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw mustBe("true or false", text);
    };
  }

  /** Reads an amount of at least 0. */
  static Quantity quantity(String text) {
    return quantity(text, 0, "a quantity such as 12, 0.5 or 2M");
  }

  /** Reads an amount above 0. */
  static Quantity positiveQuantity(String text) {
    return quantity(text, 1, "a quantity above 0 such as 12, 0.5 or 2M");
  }

  private static Quantity quantity(String text, long leastMilli, String rule) {
    Quantity quantity;
    try {
      quantity = Quantity.parse(text);
    } catch (IllegalArgumentException e) {
      throw mustBe(rule, text);
    }
    if (quantity.milli() < leastMilli) {
      throw mustBe(rule, text);
    }
    return quantity;
  }

  static Headroom headroom(String text) {
    if (!text.endsWith("%")) {
      return new Headroom.Absolute(
          quantity(text, 0, "a share such as 10% or a quantity such as 24"));
    }
    String rule = "a whole share from 0% to 1000%";
    try {
      int percent = Integer.parseInt(text.substring(0, text.length() - 1));
      if (percent >= 0 && percent <= 1000) {
        return new Headroom.Percent(percent);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw mustBe(rule, text);
  }

  /** Reads a length of time, which may be none. */
  static Duration span(String text) {
    return Spans.parse(text);
  }

  /** Reads a length of time above zero. */
  static Duration positiveSpan(String text) {
    Duration span = Spans.parse(text);
    if (span.isZero()) {
      throw mustBe("a length of time above 0", text);
    }
    return span;
  }

  static Duration history(String text) {
    Duration history = positiveSpan(text);
    if (history.compareTo(LONGEST_HISTORY) > 0) {
      throw mustBe("at most 366d", text);
    }
    return history;
  }

  static Lead lead(String text) {
    if (text.equals("Auto")) {
      return new Lead.Auto();
    }
    Duration lead;
    try {
      lead = positiveSpan(text);
    } catch (IllegalArgumentException e) {
      throw mustBe("Auto or a length of time above 0 such as 4m", text);
    }
    if (lead.compareTo(LONGEST_LEAD) > 0) {
      throw mustBe("at most 24h", text);
    }
    return new Lead.Fixed(lead);
  }

  /** Reads one of the quantiles that forecasts have. */
  static double quantile(String text) {
    double quantile = number(text);
    if (!QUANTILES.contains(quantile)) {
      throw mustBe("one of 0.5, 0.8, 0.9, 0.95, 0.99", text);
    }
    return quantile;
  }

  static double minSkill(String text) {
    double skill = number(text);
    if (!(skill >= -1 && skill < 1)) {
      throw mustBe("at least -1 and below 1", text);
    }
    return skill;
  }

  static double tolerance(String text) {
    double tolerance = number(text);
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw mustBe("at least 0 and below 1", text);
    }
    return tolerance;
  }

  static int waiting(String text) {
    try {
      int waiting = Integer.parseInt(text);
      if (waiting >= 0) {
        return waiting;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw mustBe("a whole number of at least 0", text);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw mustBe("a number", text);
    }
  }

  private static IllegalArgumentException mustBe(String rule, String text) {
    return new IllegalArgumentException("must be " + rule + ", was: " + text);
  }
}
