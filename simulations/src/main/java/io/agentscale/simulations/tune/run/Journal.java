// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.simulations.tune.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file of evaluations, one a line behind a line that says what they are of. A tuning that was
 * interrupted finds there what it need not do again; the line it was writing at that moment is done
 * again.
 */
final class Journal implements AutoCloseable {
  private static final String OF = "evaluationsOf";

  private final JsonMapper mapper = new JsonMapper();
  private final Map<Candidate, Worth> known = new ConcurrentHashMap<>();
  private final Writer writer;

  private Journal(Path file, String fingerprint) throws IOException {
    String whole = "";
    if (Files.exists(file)) {
      String text = Files.readString(file);
      whole = text.substring(0, text.lastIndexOf('\n') + 1);
      read(file, whole, fingerprint);
    }
    // Without the half line: what is written next begins a line of its own.
    Files.writeString(file, whole);
    writer = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.APPEND);
    if (whole.isEmpty()) {
      line(mapper.createObjectNode().put(OF, fingerprint));
    }
  }

  /**
   * Opens a file, made if it is not there.
   *
   * @param fingerprint of all that an evaluation depends on
   * @throws IllegalArgumentException if the file is of something else
   * @throws IOException if it cannot be read or written
   */
  static Journal open(Path file, String fingerprint) throws IOException {
    return new Journal(file, fingerprint);
  }

  private void read(Path file, String text, String fingerprint) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return;
    }
    if (!parse(file, 1, lines.getFirst()).path(OF).asText().equals(fingerprint)) {
      throw new IllegalArgumentException(
          file
              + ": holds evaluations of another scenario, traffic, policy or split;"
              + " name another --out, or remove it");
    }
    for (int i = 1; i < lines.size(); i++) {
      JsonNode line = parse(file, i + 1, lines.get(i));
      List<Double> values = new ArrayList<>();
      line.path("values").forEach(value -> values.add(value.asDouble()));
      known.put(
          new Candidate(values),
          new Worth(
              line.path("latePercent").asDouble(Double.NaN),
              line.path("badDayPercent").asDouble(Double.NaN),
              line.path("costRatio").asDouble(Double.NaN),
              line.path("flaps").asDouble(Double.NaN)));
    }
  }

  private JsonNode parse(Path file, int line, String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s:%d: must be JSON, was: %s".formatted(file, line, text), e);
    }
  }

  /** Returns all that is known. */
  Map<Candidate, Worth> known() {
    return Map.copyOf(known);
  }

  /** Adds an evaluation, which is on disk when this returns. */
  void add(Candidate candidate, Worth worth) {
    known.put(candidate, worth);
    ObjectNode line = mapper.createObjectNode();
    ArrayNode values = line.putArray("values");
    candidate.values().forEach(values::add);
    line.put("latePercent", worth.latePercent())
        .put("badDayPercent", worth.badDayPercent())
        .put("costRatio", worth.costRatio())
        .put("flaps", worth.flaps());
    line(line);
  }

  private synchronized void line(ObjectNode line) {
    try {
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of evaluations cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
