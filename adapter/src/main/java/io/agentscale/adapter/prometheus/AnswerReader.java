// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.agentscale.adapter.text.SharedTexts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the envelope every answer of the query API comes in, without holding the answer's text. */
final class AnswerReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // A depth no answer of the API reaches.
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  private AnswerReader() {}

  /**
   * Reads the value of {@code data}, the parser standing on its first token.
   *
   * @param <T> what it is read into
   */
  @FunctionalInterface
  interface DataReader<T> {
    T read(JsonParser json) throws IOException;
  }

  /**
   * The envelope.
   *
   * @param status {@code success} or {@code error}
   * @param data what was asked for
   * @param warnings includes Prometheus' infos and a note when the answer says it is partial
   */
  record Envelope<T>(
      String status, @Nullable T data, String errorType, String error, List<String> warnings) {}

  static <T> Envelope<T> read(InputStream in, DataReader<T> dataReader) throws IOException {
    try (JsonParser json = JSON.createParser(in)) {
      expect(json, json.nextToken(), START_OBJECT, "the answer");
      Map<String, String> texts = new LinkedHashMap<>();
      List<String> warnings = new ArrayList<>();
      T data = null;
      while (json.nextToken() != END_OBJECT) {
        String key = json.currentName();
        JsonToken token = json.nextToken();
        switch (key) {
          case "status", "errorType", "error" -> texts.put(key, text(json, key));
          case "warnings", "infos" -> warnings.addAll(texts(json, key));
          case "isPartial" -> {
            if (token == JsonToken.VALUE_TRUE) {
              warnings.add("the answer is partial (isPartial)");
            }
          }
          case "data" -> data = token == JsonToken.VALUE_NULL ? null : dataReader.read(json);
          default -> json.skipChildren();
        }
      }
      return new Envelope<>(
          texts.getOrDefault("status", ""),
          data,
          texts.getOrDefault("errorType", ""),
          texts.getOrDefault("error", ""),
          warnings);
    }
  }

  /** Reads a list of texts; null, which Go writes for an empty list, is an empty list. */
  static List<String> texts(JsonParser json, String what) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    expect(json, json.currentToken(), START_ARRAY, what);
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != END_ARRAY) {
      texts.add(text(json, what));
    }
    return texts;
  }

  /** Reads a list of label sets. */
  static List<Map<String, String>> labelSets(JsonParser json) throws IOException {
    expect(json, json.currentToken(), START_ARRAY, "data");
    List<Map<String, String>> sets = new ArrayList<>();
    while (json.nextToken() != END_ARRAY) {
      sets.add(labels(json));
    }
    return sets;
  }

  static Map<String, String> labels(JsonParser json) throws IOException {
    expect(json, json.currentToken(), START_OBJECT, "a set of labels");
    Map<String, String> labels = new LinkedHashMap<>();
    while (json.nextToken() != END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      labels.put(name, SharedTexts.NAMES.share(text(json, "label " + name)));
    }
    return labels;
  }

  static String text(JsonParser json, String what) throws IOException {
    expect(json, json.currentToken(), JsonToken.VALUE_STRING, what);
    return json.getText();
  }

  static void expect(JsonParser json, @Nullable JsonToken found, JsonToken wanted, String what)
      throws GarbageException {
    if (found != wanted) {
      throw new GarbageException(
          "%s should be %s and is %s, at byte %d"
              .formatted(
                  what,
                  wanted,
                  found == null ? "missing" : found,
                  json.currentLocation().getByteOffset()));
    }
  }
}
