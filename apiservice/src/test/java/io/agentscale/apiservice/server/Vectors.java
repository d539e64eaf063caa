// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The captured requests and answers of the reference server, where they are at hand. */
final class Vectors {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DIRECTORY = Path.of("../../shared/vectors/metrics-api");

  private Vectors() {}

  /** Reads a file of one JSON document a line; skips the test where there is none. */
  static List<JsonNode> lines(String file) throws IOException {
    Path path = DIRECTORY.resolve(file);
    assumeThat(path).as("captured reference records; run beside their checkout").exists();
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      if (!line.isBlank()) {
        records.add(JSON.readTree(line));
      }
    }
    return records;
  }
}
