// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The IANA time zones a schedule may name; an offset such as {@code +08:00} is no zone. */
public final class TimeZones {
  private static final Set<String> NAMES = new TreeSet<>(ZoneId.getAvailableZoneIds());

  private TimeZones() {}

  /**
   * Returns the zone of that name.
   *
   * @throws IllegalArgumentException with the nearest known name, if there is no such zone
   */
  public static ZoneId named(String name) {
    if (NAMES.contains(name)) {
      return ZoneId.of(name);
    }
    throw new IllegalArgumentException(
        "must be an IANA time zone such as Europe/Berlin, was: "
            + name
            + nearest(name).map(" (did you mean %s?)"::formatted).orElse(""));
  }

  static boolean isNamed(ZoneId zone) {
    return NAMES.contains(zone.getId());
  }

  /** The closest spelling of a whole name or of its city, if at most a third of it differs. */
  private static Optional<String> nearest(String name) {
    String wanted = name.toLowerCase(Locale.ROOT).replace(' ', '_');
    return NAMES.stream()
        // Their signs are the other way round: GMT+8 hardly means Etc/GMT+8, which is UTC-8.
        .filter(known -> !known.startsWith("Etc/GMT"))
        .min(Comparator.comparingInt(known -> distance(wanted, known)))
        .filter(known -> distance(wanted, known) * 3 <= wanted.length());
  }

  private static int distance(String wanted, String known) {
    String name = known.toLowerCase(Locale.ROOT);
    int whole = edits(wanted, name);
    return wanted.contains("/")
        ? whole
        : Math.min(whole, edits(wanted, name.substring(name.lastIndexOf('/') + 1)));
  }

  /** Levenshtein's distance, one row at a time. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
