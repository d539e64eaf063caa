// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import static java.util.Comparator.comparingInt;
import static java.util.function.Predicate.not;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One column of a CSV file that means something.
 *
 * @param index from 0
 * @param name its header
 * @param role what it means
 */
public record CsvColumn(int index, String name, Role role) {
  /** What a column means. */
  public enum Role {
    TIME,
    RATE,
    COUNT,
    INPUT_TOKENS,
    OUTPUT_TOKENS
  }

  /** Returns the column whose header is the earliest of these names, in letters of either case. */
  public static Optional<CsvColumn> find(List<String> header, Role role, List<String> names) {
    List<String> lower = lower(header);
    return IntStream.range(0, header.size())
        .filter(i -> names.contains(lower.get(i)))
        .boxed()
        .min(comparingInt(i -> names.indexOf(lower.get(i))))
        .map(i -> new CsvColumn(i, header.get(i), role));
  }

  /** Tells whether a line is a header with all of these names, in letters of either case. */
  public static boolean areIn(String line, String... names) {
    List<String> lower = lower(header(line));
    return List.of(names).stream().allMatch(lower::contains);
  }

  /**
   * Returns the columns of those names.
   *
   * @throws IllegalArgumentException if one is absent
   */
  public static List<CsvColumn> required(
      List<String> header, String time, String input, String output) {
    List<CsvColumn> columns = new ArrayList<>();
    find(header, Role.TIME, List.of(time)).ifPresent(columns::add);
    find(header, Role.INPUT_TOKENS, List.of(input)).ifPresent(columns::add);
    find(header, Role.OUTPUT_TOKENS, List.of(output)).ifPresent(columns::add);
    List<String> missing =
        List.of(time, input, output).stream().filter(not(lower(header)::contains)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "must have columns %s, not there: %s, found: %s"
              .formatted(List.of(time, input, output), missing, header));
    }
    return columns;
  }

  /** Returns the cells of a line, none if it is not CSV. */
  public static List<String> header(String line) {
    try {
      return CsvReader.builder().ofSingleCsvRecord(line).getFields();
    } catch (CsvParseException e) {
      return List.of();
    }
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
  }
}
