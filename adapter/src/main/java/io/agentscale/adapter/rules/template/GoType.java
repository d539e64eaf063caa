// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

/** The types a template's values can have. */
public enum GoType {
  FIELDS("the template's data"),
  TEXT("text"),
  TEXTS("a list of texts"),
  TEXT_MAP("a map of texts"),
  WHOLE("a whole number"),
  TRUTH("a boolean");

  private final String described;

  GoType(String described) {
    this.described = described;
  }

  @Override
  public String toString() {
    return described;
  }
}
