// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The answers to one question so far: a directory with a CSV file for each piece.
 *
 * <p>A piece is written under another name and then renamed, so one that is there is whole.
 */
final class PieceStore {
  private static final int NAME_CHARACTERS = 16;

  private final Path directory;

  private PieceStore(Path directory) {
    this.directory = directory;
  }

  /** Returns the store of a question, made if it is not there yet. */
  static PieceStore of(Path cache, RangeQuestion question) throws IOException {
    String text =
        "url: %s%nquery: %s%nstep: %s%n"
            .formatted(question.url(), question.query(), question.step());
    Path directory = cache.resolve(hash(text).substring(0, NAME_CHARACTERS));
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("question.txt"), text);
    return new PieceStore(directory);
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Path directory() {
    return directory;
  }

  Path file(long startMillis) {
    return directory.resolve(startMillis + ".csv");
  }

  /** Returns the name of a piece that is not over yet, and so is asked for every time. */
  Path unfinished(long startMillis) {
    return directory.resolve(startMillis + "-unfinished.csv");
  }

  void write(Path file, Map<Long, Double> rates) throws IOException {
    Path written = directory.resolve(file.getFileName() + ".part");
    try (CsvWriter csv = CsvWriter.builder().build(written, UTF_8)) {
      csv.writeRecord("unix_ms", "value");
      rates.forEach((millis, rate) -> csv.writeRecord(millis.toString(), rate.toString()));
    }
    Files.move(written, file, REPLACE_EXISTING);
  }
}
