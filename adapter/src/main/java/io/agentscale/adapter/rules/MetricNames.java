// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import java.util.regex.Pattern;

/** Which names can be served, and which can be asked for. */
public final class MetricNames {
  static final String RULE = "must be a name without slash, percent sign and space";

  private static final Pattern SERVABLE = Pattern.compile("[^/%\\s\\p{Cntrl}]+");
  private static final Pattern SERIES = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private MetricNames() {}

  /** Tells whether a metric's name can be a segment of a path. */
  public static boolean isServable(String name) {
    return SERVABLE.matcher(name).matches();
  }

  /** Tells whether a series' name can stand in a query without quotes. */
  static boolean isSeries(String name) {
    return SERIES.matcher(name).matches();
  }

  /** Tells whether a label's name can stand in a query without quotes. */
  static boolean isLabel(String name) {
    return LABEL.matcher(name).matches();
  }
}
