// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.agentscale.adapter.hpa.InputNode.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A stream of JSON objects, read one at a time. */
final class JsonInput implements Closeable {
  private final String file;
  private final JsonParser parser;

  JsonInput(String file, InputStream stream) throws IOException {
    this.file = file;
    parser = new JsonFactory().createParser(stream);
  }

  /** Reads the next object; empty at the end of the stream. */
  Optional<InputNode> next() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return Optional.empty();
      }
      if (token != JsonToken.START_OBJECT) {
        throw new InvalidInputException(
            file + ":" + line(), "must be a JSON object, was: " + parser.getText());
      }
      InputNode root = InputNode.root(file, line(), Kind.MAPPING);
      fill(root);
      return Optional.of(root);
    } catch (StreamReadException e) {
      throw new InvalidInputException(
          file + ":" + e.getLocation().getLineNr(), "not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private void fill(InputNode collection) throws IOException {
    String name = "";
    int line = line();
    while (true) {
      JsonToken token = parser.nextToken();
      switch (token) {
        case END_OBJECT, END_ARRAY -> {
          return;
        }
        case FIELD_NAME -> name = parser.currentName();
        case START_OBJECT -> fill(collection.addCollection(name, line, Kind.MAPPING));
        case START_ARRAY -> fill(collection.addCollection(name, line, Kind.LIST));
        case VALUE_NUMBER_INT -> collection.addInteger(name, line, parser.getLongValue());
        case VALUE_NUMBER_FLOAT -> collection.addScalar(name, line, Kind.DECIMAL, parser.getText());
        case VALUE_STRING -> collection.addScalar(name, line, Kind.TEXT, parser.getText());
        case VALUE_TRUE, VALUE_FALSE ->
            collection.addScalar(name, line, Kind.BOOLEAN, parser.getText());
        case VALUE_NULL -> collection.addScalar(name, line, Kind.NULL, "null");
        case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IllegalStateException("a blocking JSON parser gave " + token);
      }
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
