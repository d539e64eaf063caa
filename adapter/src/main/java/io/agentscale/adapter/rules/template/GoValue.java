// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A value in a template, which prints and tests as Go's text/template has it. */
public sealed interface GoValue
    permits Text, GoValue.Fields, GoValue.Texts, GoValue.TextMap, GoValue.Whole, GoValue.Truth {
  GoType type();

  /** Returns the value as an action prints it. */
  Text printed();

  /** Tells whether {@code if} takes it for true: anything but the zero value or the empty one. */
  boolean isTrue();

  /**
   * What a template is rendered with.
   *
   * @param values by field name
   */
  record Fields(Map<String, GoValue> values) implements GoValue {
    public Fields {
      values = Map.copyOf(values);
    }

    @Override
    public GoType type() {
      return GoType.FIELDS;
    }

    @Override
    public Text printed() {
      throw new IllegalStateException("refused when the template was parsed");
    }

    @Override
    public boolean isTrue() {
      return true;
    }
  }

  /** A list, printed {@code [a b]}. */
  record Texts(List<Text> items) implements GoValue {
    public Texts {
      items = List.copyOf(items);
    }

    @Override
    public GoType type() {
      return GoType.TEXTS;
    }

    @Override
    public Text printed() {
      return Text.concat(List.of(Text.literal("["), Text.join(" ", items), Text.literal("]")));
    }

    @Override
    public boolean isTrue() {
      return !items.isEmpty();
    }
  }

  /** A map, printed {@code map[k:v l:w]} and walked through in the order of its keys. */
  record TextMap(SortedMap<String, Text> entries) implements GoValue {
    public TextMap {
      entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    @Override
    public GoType type() {
      return GoType.TEXT_MAP;
    }

    @Override
    public Text printed() {
      List<Text> printed =
          entries.entrySet().stream()
              .map(e -> Text.concat(List.of(Text.literal(e.getKey() + ":"), e.getValue())))
              .toList();
      return Text.concat(List.of(Text.literal("map["), Text.join(" ", printed), Text.literal("]")));
    }

    @Override
    public boolean isTrue() {
      return !entries.isEmpty();
    }
  }

  /** A whole number. */
  record Whole(long number) implements GoValue {
    @Override
    public GoType type() {
      return GoType.WHOLE;
    }

    @Override
    public Text printed() {
      return Text.literal(Long.toString(number));
    }

    @Override
    public boolean isTrue() {
      return number != 0;
    }
  }

  /** A boolean. */
  record Truth(boolean isTrue) implements GoValue {
    @Override
    public GoType type() {
      return GoType.TRUTH;
    }

    @Override
    public Text printed() {
      return Text.literal(Boolean.toString(isTrue));
    }
  }
}
