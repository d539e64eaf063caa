// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agentscale.core.metric.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code data} of a query, whichever order its fields come in. */
final class QueryResultReader {
  private final List<LabelledSample> vector = new ArrayList<>();
  private final List<LabelledSeries> matrix = new ArrayList<>();
  private @Nullable RawSample bare;

  private QueryResultReader() {}

  /** A sample whose number is not read yet: in a string result it is not a number. */
  private record RawSample(Instant at, String value) {
    Sample parsed() throws GarbageException {
      try {
        return new Sample(SampleNumber.parse(value), at);
      } catch (NumberFormatException e) {
        throw new GarbageException("a sample's value is " + e.getMessage());
      }
    }
  }

  static QueryResult read(JsonParser json) throws IOException {
    return new QueryResultReader().readData(json);
  }

  private QueryResult readData(JsonParser json) throws IOException {
    AnswerReader.expect(json, json.currentToken(), START_OBJECT, "data");
    String type = "";
    boolean seen = false;
    while (json.nextToken() != END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "resultType" -> type = AnswerReader.text(json, "resultType");
        case "result" -> {
          readResult(json);
          seen = true;
        }
        default -> json.skipChildren();
      }
    }
    if (!seen) {
      throw new GarbageException("data holds no result");
    }
    return typed(type);
  }

  private QueryResult typed(String type) throws GarbageException {
    boolean fits =
        switch (type) {
          case "vector" -> matrix.isEmpty() && bare == null;
          case "matrix" -> vector.isEmpty() && bare == null;
          default -> vector.isEmpty() && matrix.isEmpty();
        };
    if (!fits) {
      throw new GarbageException("resultType is " + type + " and the result is of another type");
    }
    return switch (type) {
      case "vector" -> new QueryResult.Vector(vector);
      case "matrix" -> new QueryResult.Matrix(matrix);
      case "scalar" -> {
        if (bare == null) {
          throw new GarbageException("a scalar without a value");
        }
        yield new QueryResult.Scalar(bare.parsed());
      }
      case "string" ->
          throw new GarbageException("the query gives a string, where a number is needed");
      default -> throw new GarbageException("resultType is '" + type + "', which is not known");
    };
  }

  private void readResult(JsonParser json) throws IOException {
    AnswerReader.expect(json, json.currentToken(), START_ARRAY, "result");
    JsonToken first = json.nextToken();
    if (first == JsonToken.VALUE_NUMBER_FLOAT || first == JsonToken.VALUE_NUMBER_INT) {
      bare = rawSampleFromTime(json);
      return;
    }
    for (JsonToken token = first; token != END_ARRAY; token = json.nextToken()) {
      AnswerReader.expect(json, token, START_OBJECT, "a row of the result");
      readRow(json);
    }
  }

  private void readRow(JsonParser json) throws IOException {
    Map<String, String> labels = Map.of();
    Sample value = null;
    List<Sample> values = null;
    while (json.nextToken() != END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "metric" -> labels = AnswerReader.labels(json);
        case "value" -> value = sample(json);
        case "values" -> values = samples(json);
        case "histogram", "histograms" ->
            throw new GarbageException(
                "the query gives a native histogram, where a number is needed; ask for its"
                    + " histogram_quantile, histogram_sum or histogram_count");
        default -> json.skipChildren();
      }
    }
    add(labels, value, values);
  }

  private void add(
      Map<String, String> labels, @Nullable Sample value, @Nullable List<Sample> values)
      throws GarbageException {
    if (value != null) {
      vector.add(new LabelledSample(labels, value));
    } else if (values != null) {
      matrix.add(new LabelledSeries(labels, values));
    } else {
      throw new GarbageException("a row of the result holds no value: " + labels);
    }
  }

  private static List<Sample> samples(JsonParser json) throws IOException {
    AnswerReader.expect(json, json.currentToken(), START_ARRAY, "values");
    List<Sample> samples = new ArrayList<>();
    while (json.nextToken() != END_ARRAY) {
      samples.add(sample(json));
    }
    return samples;
  }

  private static Sample sample(JsonParser json) throws IOException {
    AnswerReader.expect(json, json.currentToken(), START_ARRAY, "a sample");
    json.nextToken();
    return rawSampleFromTime(json).parsed();
  }

  private static RawSample rawSampleFromTime(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT) {
      AnswerReader.expect(json, token, JsonToken.VALUE_NUMBER_FLOAT, "a sample's time");
    }
    // Milliseconds are all Prometheus keeps; a double holds them exactly enough until year 200000.
    Instant at = Instant.ofEpochMilli(Math.round(json.getDoubleValue() * 1000));
    json.nextToken();
    String value = AnswerReader.text(json, "a sample's value");
    AnswerReader.expect(json, json.nextToken(), END_ARRAY, "the end of a sample");
    return new RawSample(at, value);
  }
}
