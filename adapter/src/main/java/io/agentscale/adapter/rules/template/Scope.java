// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What names mean at one place of a template: the dot and the variables. Used with types when a
 * template is parsed and with values when it is rendered.
 */
final class Scope<T> {
  private final @Nullable Scope<T> outer;
  private final T dot;
  private final Map<String, T> variables = new HashMap<>();

  private Scope(@Nullable Scope<T> outer, T dot) {
    this.outer = outer;
    this.dot = dot;
  }

  /** Returns the outermost scope, where {@code $} is the data. */
  static <T> Scope<T> of(T data) {
    Scope<T> scope = new Scope<>(null, data);
    scope.declare("$", data);
    return scope;
  }

  Scope<T> inner(T innerDot) {
    return new Scope<>(this, innerDot);
  }

  T dot() {
    return dot;
  }

  void declare(String name, T meaning) {
    variables.put(name, meaning);
  }

  Optional<T> lookUp(String name) {
    T meaning = variables.get(name);
    if (meaning != null) {
      return Optional.of(meaning);
    }
    return outer == null ? Optional.empty() : outer.lookUp(name);
  }
}
