// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that remembers which of its parts came with a request, so that those can be kept from being
 * read as anything but values.
 *
 * @param pieces in order
 */
public record Text(List<Piece> pieces) implements GoValue {
  public static final Text EMPTY = new Text(List.of());

  /** One part of a text. */
  public sealed interface Piece {
    /** The part as it reads. */
    String text();
  }

  /** What the rule's author wrote, or what was built to be safe. */
  public record Literal(String text) implements Piece {}

  /**
   * What a request brought: one value, or alternatives that a regular expression may choose from.
   *
   * @param alternatives joined by {@code |} where they are read as text
   */
  public record Value(List<String> alternatives) implements Piece {
    public Value {
      alternatives = List.copyOf(alternatives);
    }

    @Override
    public String text() {
      return String.join("|", alternatives);
    }
  }

  public Text {
    pieces = List.copyOf(pieces);
  }

  public static Text literal(String text) {
    return new Text(List.of(new Literal(text)));
  }

  public static Text value(List<String> alternatives) {
    return new Text(List.of(new Value(alternatives)));
  }

  /** Returns the texts one after another. */
  public static Text concat(List<Text> texts) {
    return new Text(texts.stream().flatMap(text -> text.pieces.stream()).toList());
  }

  /** Returns the texts with a separator between them. */
  static Text join(String separator, List<Text> texts) {
    List<Piece> pieces = new ArrayList<>();
    for (Text text : texts) {
      if (!pieces.isEmpty()) {
        pieces.add(new Literal(separator));
      }
      pieces.addAll(text.pieces);
    }
    return new Text(pieces);
  }

  /** Returns the text as it reads, all parts alike. */
  public String plain() {
    return pieces.stream().map(Piece::text).collect(joining());
  }

  @Override
  public GoType type() {
    return GoType.TEXT;
  }

  @Override
  public Text printed() {
    return this;
  }

  @Override
  public boolean isTrue() {
    return !plain().isEmpty();
  }
}
