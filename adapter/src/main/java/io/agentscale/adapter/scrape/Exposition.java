// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a pod's exposition line by line, keeping only the series asked for.
 *
 * <p>Every line is checked, wanted or not: an exposition with one broken line is refused whole, as
 * Prometheus does, since nobody knows what the broken line meant. Comments carry nothing we use.
 * Sources: Prometheus' text format 0.0.4 and OpenMetrics 1.0.
 */
final class Exposition {
  private static final byte[] END = "# EOF".getBytes(StandardCharsets.US_ASCII);

  private final ExpositionFormat format;
  private final Predicate<String> wanted;
  private final List<ExposedSeries> series = new ArrayList<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private int lineNumber;
  private boolean ended;

  private Exposition(ExpositionFormat format, Predicate<String> wanted) {
    this.format = format;
    this.wanted = wanted;
  }

  /**
   * Reads all of it.
   *
   * @throws ExpositionException if any line is malformed, or OpenMetrics' end is missing
   */
  static List<ExposedSeries> read(InputStream in, ExpositionFormat format, Predicate<String> wanted)
      throws IOException {
    Exposition exposition = new Exposition(format, wanted);
    exposition.readLines(in);
    return exposition.series;
  }

  private void readLines(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          endLine();
        } else {
          line.write(buffer[i]);
        }
      }
    }
    if (line.size() > 0) {
      endLine();
    }
    if (format == ExpositionFormat.OPENMETRICS && !ended) {
      throw new ExpositionException(lineNumber, "the answer ends without # EOF");
    }
  }

  private void endLine() throws ExpositionException {
    lineNumber++;
    byte[] bytes = line.toByteArray();
    line.reset();
    if (ended) {
      throw new ExpositionException(lineNumber, "more follows # EOF");
    }
    if (format == ExpositionFormat.OPENMETRICS && Arrays.equals(bytes, END)) {
      ended = true;
      return;
    }
    String text = decode(bytes).strip();
    if (!text.isEmpty() && text.charAt(0) != '#') {
      parsed(text).ifPresent(series::add);
    }
  }

  private Optional<ExposedSeries> parsed(String text) throws ExpositionException {
    try {
      ExposedSeries parsed = new SampleLine(text, format).parse();
      return wanted.test(parsed.name()) ? Optional.of(parsed) : Optional.empty();
    } catch (SampleLine.MalformedException e) {
      ExpositionException failure = new ExpositionException(lineNumber, e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private String decode(byte[] bytes) throws ExpositionException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      ExpositionException failure = new ExpositionException(lineNumber, "is not UTF-8");
      failure.initCause(e);
      throw failure;
    }
  }
}
