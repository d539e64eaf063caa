// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.settings;

import io.agentscale.simulations.tune.Gene;
import java.util.List;
import java.util.Locale;

/**
 * A setting that a search may change.
 *
 * @param gene its name and values, or the index of one of a few
 * @param present the value nearest to what the manifests say now
 * @param words what each index stands for; empty where the value is the number itself
 * @param writer puts a value into manifests
 */
record Setting(Gene gene, double present, List<String> words, Writer writer) {

  /** Puts a value into manifests. */
  @FunctionalInterface
  interface Writer {
    void write(Manifests manifests, double value);
  }

  Setting {
    words = List.copyOf(words);
  }

  /** Returns a setting that takes one of a few values. */
  static Setting choice(String name, List<String> words, int present, WordWriter writer) {
    return new Setting(
        Gene.choice(name, words.size()),
        present,
        words,
        (manifests, value) -> writer.write(manifests, words.get((int) value)));
  }

  /** Puts a word into manifests. */
  @FunctionalInterface
  interface WordWriter {
    void write(Manifests manifests, String word);
  }

  /** Returns a setting that is a whole number. */
  static Setting whole(String name, int low, int high, int present, Writer writer) {
    return new Setting(
        new Gene(name, low, Math.max(low, high), Gene.Scale.WHOLE),
        Math.clamp(present, low, Math.max(low, high)),
        List.of(),
        writer);
  }

  /** Returns a setting around its present value, by ratio. */
  static Setting around(String name, double present, double ratio, Writer writer) {
    return new Setting(
        new Gene(name, present / ratio, present * ratio, Gene.Scale.LOGARITHMIC),
        present,
        List.of(),
        writer);
  }

  /** Says a value for people. */
  String text(double value) {
    if (!words.isEmpty()) {
      return words.get((int) value);
    }
    return gene.scale() == Gene.Scale.WHOLE ? String.valueOf((long) value) : quantity(value);
  }

  /** Returns a quantity with three significant digits, as manifests hold it. */
  static String quantity(double value) {
    int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(value)));
    String text = String.format(Locale.ROOT, "%." + Math.min(3, digits) + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
