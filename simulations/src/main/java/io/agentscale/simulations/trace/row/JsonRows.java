// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.agentscale.simulations.trace.RequestCursor;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object per line, of which a time and the tokens are kept. */
public final class JsonRows implements RowReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double LARGEST_TOKENS = 1e12;

  /**
   * The keys that mean something, each under any of its names.
   *
   * @param times how the first value of the time is understood
   */
  public record Keys(List<String> time, List<String> input, List<String> output, Timestamp times) {}

  private final BufferedReader text;
  private final Keys keys;
  private long line;

  /** Opens a file. */
  public JsonRows(TraceFile file, Keys keys) throws IOException {
    this.text = file.text();
    this.keys = keys;
  }

  @Override
  public boolean read(TraceRow row) throws IOException, BadRowException {
    String next = nextLine();
    if (next == null) {
      return false;
    }
    row.at(line);
    try (JsonParser json = JSON.createParser(next)) {
      object(json, row);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new BadRowException(
          line,
          "column %d: not JSON: %s"
              .formatted(at == null ? 1 : at.getColumnNr(), e.getOriginalMessage()));
    }
    return true;
  }

  private @Nullable String nextLine() throws IOException {
    String next;
    do {
      next = text.readLine();
      line++;
    } while (next != null && next.isBlank());
    return next;
  }

  private void object(JsonParser json, TraceRow row) throws IOException, BadRowException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new BadRowException(line, "must be a JSON object");
    }
    boolean hasTime = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (keys.time.contains(key)) {
        time(key, json, row);
        hasTime = true;
      } else if (keys.input.contains(key)) {
        row.inputTokens(tokens(key, value, json));
      } else if (keys.output.contains(key)) {
        row.outputTokens(tokens(key, value, json));
      } else {
        json.skipChildren();
      }
    }
    if (!hasTime) {
      throw new BadRowException(
          line, "must have a key %s".formatted(String.join(" or ", keys.time)));
    }
    if (json.nextToken() != null) {
      throw new BadRowException(line, "must be one JSON object, more follows it");
    }
  }

  private void time(String key, JsonParser json, TraceRow row) throws IOException, BadRowException {
    char[] text = json.getText().toCharArray();
    try {
      long micros = keys.times.micros(text, 0, text.length);
      row.time(micros, keys.times.isOffset());
    } catch (IllegalArgumentException e) {
      throw bad(key, Timestamp.RULE, json);
    }
  }

  private long tokens(String key, JsonToken value, JsonParser json)
      throws IOException, BadRowException {
    if (value == JsonToken.VALUE_NULL) {
      return RequestCursor.NO_TOKENS;
    }
    if (value.isNumeric()) {
      double number = json.getDoubleValue();
      if (number >= 0 && number <= LARGEST_TOKENS && number == Math.rint(number)) {
        return (long) number;
      }
    }
    throw bad(key, "a whole number from 0 up, or null where it is unknown", json);
  }

  private BadRowException bad(String key, String rule, JsonParser json) throws IOException {
    return new BadRowException(
        line,
        "column %d: %s: must be %s, was: %s"
            .formatted(json.currentTokenLocation().getColumnNr(), key, rule, json.getText()));
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
