// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Queries of somebody who wants to read more than he may: well-formed ones, and broken ones. */
final class HostileQueries {
  private static final List<String> KNOWN =
      List.of(
          "secret",
          "secret{namespace=\"theirs\"}",
          "secret{namespace=~\".*\"}",
          "secret{namespace!=\"ours\"}",
          "{__name__=\"secret\"}",
          "{__name__=~\".+\"}",
          "{namespace=\"theirs\"}",
          "mine or secret",
          "mine # \r or secret",
          "mine # comment\n or secret",
          "mine{a='}'} or secret{b=`{`}",
          "mine{a=\"\\\"}or secret{\"}",
          "sum(secret) by (namespace)",
          "label_replace(secret, \"namespace\", \"ours\", \"namespace\", \".*\")",
          "max_over_time(secret[10m:1s])",
          "secret @ end()",
          "rate(secret[5m] offset 1m)",
          "absent(mine) or on () secret",
          "mine * on () group_left secret",
          "topk(5, secret)",
          "count_values(\"v\", secret)",
          "sum by (a) (secret) + sum(secret) without (b)",
          "-secret ^ 2",
          "scalar(secret) + vector(scalar(sum(secret)))",
          "sum",
          "by",
          "offset offset 5m",
          "NaN or secret",
          "inf",
          "start + end",
          "(secret)",
          "((secret))[5m:]",
          "secret[5m]");
  private static final List<String> PARTS =
      List.of(
          "secret",
          "mine",
          "sum",
          "by",
          "(",
          ")",
          "{",
          "}",
          "[5m]",
          "[5m:1m]",
          "\"",
          "'",
          "`",
          "#",
          "\r",
          "\n",
          "\\",
          " or ",
          " and ",
          ",",
          "=",
          "=~",
          "!=",
          "namespace",
          "\"theirs\"",
          "\".*\"",
          " offset 5m",
          "@",
          "1",
          "nan",
          "rate(",
          "bool",
          "on ()",
          "group_left",
          "+",
          "-",
          ":",
          "__name__",
          "\u00e9",
          "\u0000",
          "\u2028",
          "info(");

  private HostileQueries() {}

  static List<String> known() {
    return KNOWN;
  }

  /** Returns queries made of pieces of the known ones, the same for the same seed. */
  static List<String> made(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.add(random.nextInt(2) == 0 ? spliced(random) : nested(random, 3));
    }
    return made;
  }

  private static String spliced(SplittableRandom random) {
    StringBuilder text = new StringBuilder(KNOWN.get(random.nextInt(KNOWN.size())));
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.insert(random.nextInt(text.length() + 1), PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  private static String nested(SplittableRandom random, int depth) {
    if (depth == 0) {
      return KNOWN.get(random.nextInt(KNOWN.size()));
    }
    String inner = nested(random, depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> "sum by (namespace, a) (" + inner + ")";
      case 1 -> "(" + inner + ") or " + KNOWN.get(random.nextInt(KNOWN.size()));
      case 2 -> "last_over_time((" + inner + ")[1m:1s])";
      case 3 -> "label_join(" + inner + ", \"namespace\", \"-\", \"a\")";
      case 4 -> "(" + inner + ") >= bool 0 # " + KNOWN.get(random.nextInt(KNOWN.size()));
      default -> inner + "\r\n or " + KNOWN.get(random.nextInt(KNOWN.size()));
    };
  }
}
