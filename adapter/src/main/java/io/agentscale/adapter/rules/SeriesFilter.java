// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import com.google.re2j.Pattern;

/**
 * A condition on a series' name; the expression may match any part of it.
 *
 * @param expression in RE2's syntax
 * @param wanted whether the expression must match, or must not
 */
public record SeriesFilter(Pattern expression, boolean wanted) {
  /** Tells whether a series of this name is kept. */
  public boolean passes(String name) {
    return expression.matcher(name).find() == wanted;
  }
}
