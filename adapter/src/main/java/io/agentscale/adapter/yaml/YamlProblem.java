// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

/**
 * One thing wrong with a file.
 *
 * @param at where
 * @param field path from the top of the document, such as {@code rules[0].seriesQuery}; empty for
 *     the document itself
 * @param message what was expected and what was found
 */
public record YamlProblem(YamlLocation at, String field, String message) {
  @Override
  public String toString() {
    return field.isEmpty() ? at + ": " + message : at + ": " + field + ": " + message;
  }
}
