// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a scenario's replays, for one of several machines.
 *
 * @param index of the part, from 1
 * @param of how many parts there are
 */
public record Shard(int index, int of) {
  /** All of it. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  public Shard {
    if (of < 1 || index < 1 || index > of) {
      throw new IllegalArgumentException(
          "must be I/N with I from 1 to N, was: %d/%d".formatted(index, of));
    }
  }

  /** Reads {@code I/N}. */
  public static Shard parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be I/N such as 1/4, was: " + text);
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Tells whether the replay with a number, from 0, is of this part. */
  boolean has(int replay) {
    return replay % of == index - 1;
  }
}
