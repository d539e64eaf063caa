// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

import io.agentscale.adapter.yaml.YamlDocument.AlreadyReportedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a YAML file, read as the type the caller expects.
 *
 * <p>Each reading method throws {@link IllegalArgumentException} with the rule that was broken;
 * {@link YamlMapping} adds where.
 */
public final class YamlValue {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");
  private static final int SHOWN_CHARACTERS = 60;

  private final YamlDocument document;
  private final Node node;
  private final String field;

  YamlValue(YamlDocument document, Node node, String field) {
    this.document = document;
    this.node = node;
    this.field = field;
  }

  /** Returns where the value begins. */
  public YamlLocation location() {
    return document.location(node);
  }

  /** Tells whether this is a mapping, for keys that accept more than one form. */
  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Reads text; numbers and booleans written without quotes are taken as written. */
  public String string() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw mustBe("text");
  }

  /** Reads a number or a boolean as it is written, which in quotes would be text. */
  public String unquoted() {
    if (node instanceof ScalarNode scalar && !scalar.isPlain()) {
      throw new IllegalArgumentException("must be without quotes, was: \"" + shown() + "\"");
    }
    return string();
  }

  /** Reads a Kubernetes quantity as it is written: text, or a whole number. */
  public String quantity() {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.FLOAT)) {
      throw new IllegalArgumentException(
          "must be in quotes where it is no whole number, was: " + shown());
    }
    return string();
  }

  /** Reads text that is not empty. */
  public String nonEmpty() {
    String text = string();
    if (text.isBlank()) {
      throw mustBe("text that is not empty");
    }
    return text;
  }

  /** Reads a boolean in any spelling of YAML 1.1 and 1.2. */
  public boolean bool() {
    if (node instanceof ScalarNode scalar && scalar.isPlain()) {
      String text = scalar.getValue().toLowerCase(Locale.ROOT);
      if (TRUE.contains(text) || FALSE.contains(text)) {
        return TRUE.contains(text);
      }
    }
    throw mustBe("true or false");
  }

  /** Reads a whole number within bounds, both included. */
  public int integer(int min, int max) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
      try {
        int number = Integer.parseInt(scalar.getValue());
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Too large for any bound, or octal: said below.
      }
    }
    throw mustBe("a whole number from " + min + " to " + max);
  }

  /**
   * Reads a duration longer than zero, as Prometheus and Go write them: {@code 90s}, {@code 1m30s}.
   */
  public Duration duration() {
    if (node instanceof ScalarNode scalar) {
      return DurationText.parse(scalar.getValue());
    }
    throw mustBe(DurationText.RULE);
  }

  /** Reads a path; a relative one is resolved against the directory of this file. */
  public Path path() {
    return document.resolve(nonEmpty());
  }

  /** Reads the URL of an HTTP server, without user, query or fragment. */
  public URI httpUrl() {
    try {
      URI url = new URI(string());
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw mustBe("a URL such as https://prometheus:9090, without user, query or fragment");
  }

  /** Reads one of the constants of an enum, spelt in lower case. */
  public <E extends Enum<E>> E oneOf(Class<E> type) {
    String text = string();
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw mustBe("one of " + String.join(", ", names));
  }

  /** Reads one of the texts given. */
  public String oneOf(String... texts) {
    String text = string();
    if (Arrays.asList(texts).contains(text)) {
      return text;
    }
    throw mustBe("one of " + String.join(", ", texts));
  }

  /** Reads the items of a list. */
  public List<YamlValue> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw mustBe("a list");
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlValue(document, item, field + "[" + items.size() + "]"));
    }
    return items;
  }

  /**
   * Reads a mapping. The reader should ask for every key before it builds its result; what the
   * result's constructor refuses is reported as a problem of the mapping.
   */
  public <T> T mapping(Function<YamlMapping, T> reader) {
    if (!(node instanceof MappingNode mappingNode)) {
      throw mustBe("a mapping");
    }
    int before = document.problemCount();
    YamlMapping mapping = new YamlMapping(document, mappingNode, field);
    Optional<T> result = build(mapping, reader, before);
    mapping.reportUnknownKeys();
    if (document.problemCount() > before) {
      throw new AlreadyReportedException();
    }
    return result.orElseThrow();
  }

  private <T> Optional<T> build(YamlMapping mapping, Function<YamlMapping, T> reader, int before) {
    try {
      return Optional.of(reader.apply(mapping));
    } catch (InvalidFieldException e) {
      if (document.problemCount() == before) {
        mapping.report(e);
      }
    } catch (IllegalArgumentException e) {
      if (document.problemCount() == before) {
        report(String.valueOf(e.getMessage()));
      }
    } catch (NoSuchElementException e) {
      // A required value that was reported; without a report it is a bug of the reader.
      if (document.problemCount() == before) {
        throw e;
      }
    }
    return Optional.empty();
  }

  void report(String message) {
    document.report(location(), field, message);
  }

  private IllegalArgumentException mustBe(String rule) {
    return new IllegalArgumentException("must be " + rule + ", was: " + shown());
  }

  private String shown() {
    return switch (node) {
      case MappingNode m -> "a mapping";
      case SequenceNode s -> "a list";
      case ScalarNode scalar when scalar.getValue().isEmpty() -> "empty";
      case ScalarNode scalar -> shortened(scalar.getValue());
      default -> node.getNodeType().toString();
    };
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
