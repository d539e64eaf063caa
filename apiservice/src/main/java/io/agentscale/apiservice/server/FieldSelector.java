// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A field selector, of which only names are known, as in the reference server.
 *
 * @param equalities required values by field
 */
record FieldSelector(Map<String, String> equalities) {
  private static final Set<String> KNOWN = Set.of("metadata.name", "metadata.namespace");

  /**
   * Reads {@code field=value,field!=value}.
   *
   * @throws IllegalArgumentException with the API server's own wording
   */
  static FieldSelector parse(String text) {
    Map<String, String> equalities = new HashMap<>();
    for (String term : text.split(",", -1)) {
      if (!term.isEmpty()) {
        int equals = term.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException(
              "invalid selector: '" + text + "'; can't understand '" + term + "'");
        }
        boolean negated = equals > 0 && term.charAt(equals - 1) == '!';
        String field = term.substring(0, negated ? equals - 1 : equals);
        if (!KNOWN.contains(field)) {
          throw new IllegalArgumentException(
              "\""
                  + field
                  + "\" is not a known field selector: only \"metadata.name\","
                  + " \"metadata.namespace\"");
        }
        String value = term.substring(equals + 1);
        if (!negated) {
          equalities.put(field, value.startsWith("=") ? value.substring(1) : value);
        }
      }
    }
    return new FieldSelector(equalities);
  }

  Optional<String> name() {
    return Optional.ofNullable(equalities.get("metadata.name"));
  }
}
