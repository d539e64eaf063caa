// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.LocalDateTime;
import java.util.List;
import java.util.random.RandomGenerator;

/** A second reading of cron, straight from its text and minute by minute, to check ours against. */
final class NaiveCron {
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final boolean[][] allowed = new boolean[5][60];
  private final boolean either;

  NaiveCron(String text) {
    String[] fields = text.trim().split(" +", -1);
    int[] max = {59, 23, 31, 12, 7};
    for (int field = 0; field < 5; field++) {
      for (int value = 0; value <= max[field]; value++) {
        allowed[field][value] = allows(fields[field], value, max[field]);
      }
    }
    either = !fields[2].equals("*") && !fields[4].equals("*");
  }

  boolean matches(LocalDateTime time) {
    boolean ofMonth = allowed[2][time.getDayOfMonth()];
    boolean ofWeek =
        allowed[4][time.getDayOfWeek().getValue() % 7]
            || allowed[4][time.getDayOfWeek().getValue()];
    return allowed[0][time.getMinute()]
        && allowed[1][time.getHour()]
        && allowed[3][time.getMonthValue()]
        && (either ? ofMonth || ofWeek : ofMonth && ofWeek);
  }

  private static boolean allows(String field, int value, int max) {
    for (String part : field.split(",", -1)) {
      String[] stepped = part.split("/", 2);
      int step = stepped.length > 1 ? Integer.parseInt(stepped[1]) : 1;
      String[] range = stepped[0].split("-", 2);
      boolean all = range[0].equals("*");
      // "*" counts from the field's own lowest value: 1 for days and months, else 0.
      int low = all ? (max == 31 || max == 12 ? 1 : 0) : number(range[0]);
      int high = range.length > 1 ? number(range[1]) : all || stepped.length > 1 ? max : low;
      if (value >= low && value <= high && (value - low) % step == 0) {
        return true;
      }
    }
    return false;
  }

  private static int number(String text) {
    return DAYS.contains(text) ? DAYS.indexOf(text) : Integer.parseInt(text);
  }

  /** Returns an expression that fires at least every few weeks. */
  static String random(RandomGenerator random) {
    String minute = pick(random, "0", "30", "*/20", "5,35", "7-50/11", "45/5", "*/7");
    String hour = pick(random, "*", "2", "0-3", "*/6", "1,2,3", "23", "0", "9", "3/5");
    String day = pick(random, "*", "*", "*", "1", "15-20", "*/10", "28,31", "1/9");
    String month = pick(random, "*", "*", "*", "3-11", "3,4,10,11", "*/1");
    String weekday = pick(random, "*", "*", "*", "SUN", "7", "MON-FRI", "0,6", "5-7", "6-7");
    return String.join(" ", minute, hour, day, month, weekday);
  }

  private static String pick(RandomGenerator random, String... options) {
    return options[random.nextInt(options.length)];
  }
}
