// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The block style of YAML that Kubernetes writes: keys sorted, lists not indented, and every text
 * quoted that a reader could take for something else.
 */
public final class Yaml {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/_][A-Za-z0-9/_.-]*|-?[0-9]+[mkMGTP]");
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private final StringBuilder text = new StringBuilder();

  private Yaml() {}

  /** Renders a document. */
  public static byte[] render(Document document) {
    try (JsonParser parser = FACTORY.createParser(Json.render(document, false))) {
      parser.nextToken();
      var yaml = new Yaml();
      yaml.block(value(parser), 0);
      return yaml.text.toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading what was just written", e);
    }
  }

  /** Reads a value: a sorted map, a list, a text as such, or the literal of anything else. */
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> fields = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, value(parser));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> quoted(parser.getText());
      default -> parser.getText();
    };
  }

  private void block(Object value, int indent) {
    switch (value) {
      case Map<?, ?> fields -> fields(fields, indent, false);
      case List<?> items -> items(items, indent);
      default -> text.append(value).append('\n');
    }
  }

  private void fields(Map<?, ?> fields, int indent, boolean inline) {
    boolean indented = !inline;
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (indented) {
        indent(indent);
      }
      indented = true;
      text.append(quoted(String.valueOf(field.getKey()))).append(':');
      nested(field.getValue(), indent);
    }
  }

  private void nested(@Nullable Object value, int indent) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        text.append('\n');
        fields(map, indent + 2, false);
      }
      case List<?> list when !list.isEmpty() -> {
        text.append('\n');
        items(list, indent);
      }
      case null -> text.append(" null\n");
      case Map<?, ?> _ -> text.append(" {}\n");
      default -> text.append(' ').append(value).append('\n');
    }
  }

  private void items(List<?> items, int indent) {
    for (Object item : items) {
      indent(indent);
      text.append("- ");
      if (item instanceof Map<?, ?> map && !map.isEmpty()) {
        fields(map, indent + 2, true);
      } else {
        text.append(item).append('\n');
      }
    }
  }

  private void indent(int spaces) {
    text.repeat(' ', spaces);
  }

  private static String quoted(String value) {
    boolean plain =
        PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT));
    return plain
        ? value
        : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }
}
