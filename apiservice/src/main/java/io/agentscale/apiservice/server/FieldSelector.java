// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A field selector, of which only names are known, as in the reference server.
 *
 * @param terms all of which must hold
 */
record FieldSelector(List<Term> terms) {
  private static final String NAME = "metadata.name";
  private static final Set<String> KNOWN = Set.of(NAME, "metadata.namespace");

  /**
   * One condition.
   *
   * @param field one of the known ones
   * @param negated whether the field must differ
   * @param value compared with
   */
  record Term(String field, boolean negated, String value) {}

  FieldSelector {
    terms = List.copyOf(terms);
  }

  /**
   * Reads {@code field=value,field!=value}.
   *
   * @throws IllegalArgumentException with the API server's own wording
   */
  static FieldSelector parse(String text) {
    List<Term> terms = new ArrayList<>();
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
        boolean doubled = !negated && value.startsWith("=");
        terms.add(new Term(field, negated, doubled ? value.substring(1) : value));
      }
    }
    return new FieldSelector(terms);
  }

  /** Returns the name that is required, the last one written if there are several. */
  Optional<String> name() {
    return terms.stream()
        .filter(term -> term.field().equals(NAME) && !term.negated())
        .map(Term::value)
        .reduce((_, last) -> last);
  }

  /** Tells whether an object is selected. */
  boolean matches(Optional<String> namespace, String name) {
    return terms.stream()
        .allMatch(
            term -> {
              String actual = term.field().equals(NAME) ? name : namespace.orElse("");
              return actual.equals(term.value()) != term.negated();
            });
  }
}
