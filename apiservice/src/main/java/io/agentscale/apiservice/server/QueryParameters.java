// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters behind the question mark, decoded. As in the reference server the first of several
 * values counts.
 */
record QueryParameters(Map<String, List<String>> values) {
  private static final QueryParameters NONE = new QueryParameters(Map.of());

  /**
   * Reads a query.
   *
   * @throws IllegalArgumentException for broken encoding
   */
  static QueryParameters parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!key.isEmpty()) {
        values.computeIfAbsent(decode(key), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return new QueryParameters(values);
  }

  private static String decode(String raw) {
    try {
      return PercentEncoding.query(raw);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid query: " + e.getMessage(), e);
    }
  }

  Optional<String> first(String key) {
    return Optional.ofNullable(values.get(key)).map(List::getFirst);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Returns a value, or an empty text where it is absent. */
  String text(String key) {
    return first(key).orElse("");
  }

  /** Tells whether a flag is set: any value but {@code false} and {@code 0} sets it. */
  boolean flag(String key) {
    return first(key)
        .filter(value -> !value.equalsIgnoreCase("false") && !value.equals("0"))
        .isPresent();
  }
}
