// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of an option; its refusals say what the rule is. */
public interface OptionReader<T> extends ITypeConverter<T> {
  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException saying the rule and what was found
   */
  T read(String text);

  @Override
  default T convert(String text) {
    try {
      return read(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
