// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

/** A bound of a replica count. */
public enum Bound {
  MIN("min"),
  MAX("max");

  private final String text;

  Bound(String text) {
    this.text = text;
  }

  /** Returns its name in {@link Keepsake}s. */
  String text() {
    return text;
  }
}
