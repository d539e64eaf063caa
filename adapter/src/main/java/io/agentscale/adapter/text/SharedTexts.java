// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.text;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Texts seen lately, so that equal ones are kept once in memory: rows of answers by the ten
 * thousands name the pods that the cluster has named. It forgets: each text has one place in a
 * table, which the next text of that place takes over.
 */
public final class SharedTexts {
  /** The names of namespaces and pods, and labels. */
  public static final SharedTexts NAMES = new SharedTexts(1 << 16);

  /** Longer than most names in Kubernetes; with the size of the table it bounds the memory. */
  private static final int LONGEST = 128;

  // Written by many threads without order: a text that is missed is only kept twice.
  private final @Nullable String[] table;

  /**
   * Creates an empty table.
   *
   * @param size of the table, a power of two
   */
  SharedTexts(int size) {
    this.table = new String[size];
  }

  /** Returns the text, or one that equals it. */
  public String share(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (table.length - 1);
    String known = table[place];
    if (known != null && known.equals(text)) {
      return known;
    }
    table[place] = text;
    return text;
  }

  /** Returns an unmodifiable copy of the map, made of shared texts. */
  public Map<String, String> share(Map<String, String> map) {
    return map.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> share(entry.getKey()), entry -> share(entry.getValue())));
  }
}
