// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import io.agentscale.adapter.prometheus.SampleNumber;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One line of an exposition: {@code name{label="value",...} number [timestamp] [# exemplar]}. */
public final class SampleLine {
  private static final int EXCERPT_CHARACTERS = 40;

  private final String text;
  private final ExpositionFormat format;
  private int position;

  /** Takes a line that is neither blank nor a comment. */
  public SampleLine(String text, ExpositionFormat format) {
    this.text = text;
    this.format = format;
  }

  /** What is wrong with a line, and where. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /**
   * Reads the line.
   *
   * @throws MalformedException if it is not one of this format
   */
  public ExposedSeries parse() throws MalformedException {
    String name = name("the name of a series", true);
    skipBlanks();
    Map<String, String> labels = peek('{') ? labels() : Map.of();
    double value = number(word("a value"));
    Optional<Instant> at = timestamp();
    exemplar();
    if (position < text.length()) {
      throw malformed("nothing more");
    }
    return new ExposedSeries(name, labels, value, at);
  }

  private Optional<Instant> timestamp() throws MalformedException {
    skipBlanks();
    if (position == text.length() || peek('#')) {
      return Optional.empty();
    }
    int start = position;
    try {
      return Optional.of(format.timestamp(word("a timestamp")));
    } catch (NumberFormatException e) {
      position = start;
      throw malformed("a timestamp");
    }
  }

  /** Only OpenMetrics has them; they say nothing of the value, and are checked and dropped. */
  private void exemplar() throws MalformedException {
    skipBlanks();
    if (format != ExpositionFormat.OPENMETRICS || !peek('#')) {
      return;
    }
    position++;
    skipBlanks();
    if (!peek('{')) {
      throw malformed("the labels of an exemplar");
    }
    labels();
    number(word("the value of an exemplar"));
    timestamp();
  }

  private Map<String, String> labels() throws MalformedException {
    Map<String, String> labels = new LinkedHashMap<>();
    do {
      position++;
      skipBlanks();
      if (peek('}')) {
        break;
      }
      String name = name("the name of a label", false);
      skipBlanks();
      expect('=');
      skipBlanks();
      if (labels.put(name, quoted()) != null) {
        throw malformed("each label once, not " + name + " again, before");
      }
      skipBlanks();
    } while (peek(','));
    expect('}');
    return labels;
  }

  private String quoted() throws MalformedException {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (position < text.length() && !peek('"')) {
      char next = text.charAt(position++);
      value.append(next == '\\' ? escaped() : next);
    }
    expect('"');
    return value.toString();
  }

  private char escaped() throws MalformedException {
    if (position == text.length()) {
      throw malformed("the character a backslash escapes");
    }
    return switch (text.charAt(position++)) {
      case 'n' -> '\n';
      case '"' -> '"';
      case '\\' -> '\\';
      default -> {
        position--;
        throw malformed("n, \" or \\ behind a backslash");
      }
    };
  }

  private String name(String what, boolean colons) throws MalformedException {
    int start = position;
    while (position < text.length() && isNameCharacter(text.charAt(position), colons)) {
      position++;
    }
    boolean digitFirst = start < text.length() && Character.isDigit(text.charAt(start));
    if (position == start || digitFirst) {
      position = start;
      throw malformed(what);
    }
    return text.substring(start, position);
  }

  private static boolean isNameCharacter(char c, boolean colons) {
    return (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || (colons && c == ':');
  }

  private double number(String word) throws MalformedException {
    try {
      return SampleNumber.parse(word);
    } catch (NumberFormatException e) {
      position -= word.length();
      throw malformed("a number");
    }
  }

  private String word(String what) throws MalformedException {
    skipBlanks();
    int start = position;
    while (position < text.length() && !isBlank(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw malformed(what);
    }
    return text.substring(start, position);
  }

  private void skipBlanks() {
    while (position < text.length() && isBlank(text.charAt(position))) {
      position++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean peek(char wanted) {
    return position < text.length() && text.charAt(position) == wanted;
  }

  private void expect(char wanted) throws MalformedException {
    if (!peek(wanted)) {
      throw malformed("'" + wanted + "'");
    }
    position++;
  }

  private MalformedException malformed(String wanted) {
    int end = Math.min(text.length(), position + EXCERPT_CHARACTERS);
    String found =
        position == text.length() ? "the end" : "'" + text.substring(position, end) + "'";
    return new MalformedException(
        "expected " + wanted + " at column " + (position + 1) + ", found " + found);
  }
}
