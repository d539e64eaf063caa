// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the plain text exposition format apart, and refuses a line that is not of it. */
final class ExpositionText {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{.*})?) (\\S+)");

  private ExpositionText() {}

  /** Returns the values by series, as it is written. */
  static Map<String, Double> parse(String text) {
    Map<String, Double> samples = new HashMap<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("#")) {
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      if (!sample.matches()) {
        throw new AssertionError("not a sample: " + line);
      }
      Double earlier = samples.put(sample.group(1), Double.valueOf(sample.group(2)));
      if (earlier != null) {
        throw new AssertionError("a series twice: " + line);
      }
    }
    return samples;
  }
}
