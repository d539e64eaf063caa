// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.yaml.YamlLocation;

/**
 * Where a rule was written, for messages.
 *
 * @param title what the rule is about: its series query, or its metric's name
 * @param at where it begins
 */
public record RuleSource(String title, YamlLocation at) {
  @Override
  public String toString() {
    return "rule `" + title + "` line " + at.line() + " of " + at.file();
  }
}
