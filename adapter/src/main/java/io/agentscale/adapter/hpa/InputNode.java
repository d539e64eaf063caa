// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.metric.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value of a JSON or YAML document that knows its place, so that what is wrong can be named. */
final class InputNode {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final int FEW = 4;
  private static final double SECONDS_MAX = 1e11;

  /** What a value is. */
  enum Kind {
    MAPPING("a mapping"),
    LIST("a list"),
    TEXT("a text"),
    INTEGER("a whole number"),
    DECIMAL("a number"),
    BOOLEAN("true or false"),
    NULL("null");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final @Nullable InputNode parent;
  private final String file;
  private final int line;
  private final String name;
  private final int index;
  private final Kind kind;
  private final String text;
  private final long integer;
  private final List<InputNode> children;

  private InputNode(
      @Nullable InputNode parent,
      String file,
      int line,
      String name,
      int index,
      Kind kind,
      String text,
      long integer) {
    this.parent = parent;
    this.file = file;
    this.line = line;
    this.name = name;
    this.index = index;
    this.kind = kind;
    this.text = text;
    this.integer = integer;
    children =
        kind == Kind.MAPPING || kind == Kind.LIST
            // Most mappings have very few fields, and there are millions of them.
            ? new ArrayList<>(FEW)
            : List.of();
  }

  static InputNode root(String file, int line, Kind kind) {
    return new InputNode(null, file, line, "", -1, kind, "", 0);
  }

  InputNode addCollection(String childName, int childLine, Kind childKind) {
    return add(childName, childLine, childKind, "", 0);
  }

  void addScalar(String childName, int childLine, Kind childKind, String childText) {
    add(childName, childLine, childKind, childText, 0);
  }

  void addInteger(String childName, int childLine, long value) {
    add(childName, childLine, Kind.INTEGER, "", value);
  }

  private InputNode add(
      String childName, int childLine, Kind childKind, String childText, long value) {
    int childIndex = kind == Kind.LIST ? children.size() : -1;
    var child =
        new InputNode(this, file, childLine, childName, childIndex, childKind, childText, value);
    children.add(child);
    return child;
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  boolean isNull() {
    return kind == Kind.NULL;
  }

  /** Returns the error of this value breaking a rule. */
  InvalidInputException error(String rule) {
    String path = path();
    return new InvalidInputException(file + ":" + line + (path.isEmpty() ? "" : ": " + path), rule);
  }

  private String path() {
    if (parent == null) {
      return "";
    }
    String above = parent.path();
    if (index >= 0) {
      return above + "[" + index + "]";
    }
    return above.isEmpty() ? name : above + "." + name;
  }

  private InvalidInputException mustBe(String rule) {
    return error("must be " + rule + ", was: " + (found().isEmpty() ? kind.words : found()));
  }

  private String found() {
    return kind == Kind.INTEGER ? String.valueOf(integer) : text;
  }

  /** Refuses a mapping with a field that is not among these, or one written twice. */
  void allowOnly(Set<String> names) {
    List<InputNode> fields = fields();
    for (int i = 0; i < fields.size(); i++) {
      InputNode field = fields.get(i);
      if (!names.contains(field.name)) {
        throw field.error(
            "unknown field; known here: " + String.join(", ", names.stream().sorted().toList()));
      }
      for (int j = 0; j < i; j++) {
        if (fields.get(j).name.equals(field.name)) {
          throw field.error("must be written once");
        }
      }
    }
  }

  List<InputNode> fields() {
    if (kind != Kind.MAPPING) {
      throw mustBe(Kind.MAPPING.words);
    }
    return children;
  }

  List<InputNode> items() {
    if (kind != Kind.LIST) {
      throw mustBe(Kind.LIST.words);
    }
    return children;
  }

  /** Returns a field, null or not. */
  Optional<InputNode> find(String field) {
    for (InputNode child : fields()) {
      if (child.name.equals(field)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /** Returns a field that is there and not null. */
  Optional<InputNode> get(String field) {
    return find(field).filter(child -> !child.isNull());
  }

  InputNode require(String field) {
    return get(field).orElseThrow(() -> error(field + ": must be set"));
  }

  List<InputNode> itemsOf(String field) {
    return get(field).map(InputNode::items).orElse(List.of());
  }

  String textOf(String field, String absent) {
    return get(field).map(InputNode::asText).orElse(absent);
  }

  int intOf(String field, int absent) {
    return get(field).map(InputNode::asInt).orElse(absent);
  }

  boolean booleanOf(String field, boolean absent) {
    return get(field).map(InputNode::asBoolean).orElse(absent);
  }

  String asText() {
    if (kind != Kind.TEXT) {
      throw mustBe(Kind.TEXT.words);
    }
    return text;
  }

  boolean asBoolean() {
    if (kind != Kind.BOOLEAN) {
      throw mustBe(Kind.BOOLEAN.words);
    }
    return text.equals("true");
  }

  long asLong() {
    if (kind != Kind.INTEGER) {
      throw mustBe(Kind.INTEGER.words);
    }
    return integer;
  }

  int asInt() {
    long value = asLong();
    if (value != (int) value) {
      throw mustBe("a whole number of 32 bits");
    }
    return (int) value;
  }

  double asDouble() {
    return switch (kind) {
      case INTEGER -> integer;
      case DECIMAL -> Double.parseDouble(text);
      default -> throw mustBe(Kind.DECIMAL.words);
    };
  }

  /** Returns a number of seconds as microseconds. */
  long asMicros() {
    double seconds = asDouble();
    if (!(Math.abs(seconds) <= SECONDS_MAX)) {
      throw mustBe("a number of seconds within a few thousand years");
    }
    return Math.round(seconds * MICROS_PER_SECOND);
  }

  /** Reads a Kubernetes quantity, in which a bare number counts whole units. */
  Quantity asQuantity() {
    if (kind != Kind.TEXT && kind != Kind.INTEGER && kind != Kind.DECIMAL) {
      throw mustBe("a quantity such as \"250m\"");
    }
    try {
      return Quantity.parse(found());
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the text a number or text was written as. */
  String asWritten() {
    return found();
  }

  /** Returns the deepest value there is on a path such as {@code metrics[0].target}. */
  InputNode descend(String path) {
    InputNode node = this;
    for (String step : path.replace("[", ".").replace("]", "").split("\\.", -1)) {
      Optional<InputNode> next = node.child(step);
      if (next.isEmpty()) {
        return node;
      }
      node = next.get();
    }
    return node;
  }

  /** Tells whether this is the value at the end of such a path. */
  boolean isAt(String path) {
    return path().endsWith(path);
  }

  private Optional<InputNode> child(String step) {
    return children.stream()
        .filter(
            node ->
                node.index >= 0 ? step.equals(String.valueOf(node.index)) : step.equals(node.name))
        .findFirst();
  }
}
