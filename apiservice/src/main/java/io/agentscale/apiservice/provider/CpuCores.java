// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import java.util.List;

/**
 * An amount of CPU in billionths of a core, the finest that Kubernetes quantities can say. In
 * thousandths the use of an idle container would be cut to zero, which it is not.
 *
 * @param nano billionths of a core, never negative
 */
public record CpuCores(long nano) {
  private static final List<String> SUFFIXES = List.of("n", "u", "m", "", "k", "M", "G");

  public CpuCores {
    if (nano < 0) {
      throw new IllegalArgumentException("nano: must not be negative, was: " + nano);
    }
  }

  /**
   * Returns a measured amount, rounded to billionths; beyond 64 bits it saturates.
   *
   * @throws IllegalArgumentException for NaN, infinities and negative amounts, which are no use of
   *     CPU: unknown is never zero
   */
  public static CpuCores of(double cores) {
    if (!Double.isFinite(cores) || cores < 0) {
      throw new IllegalArgumentException("cores: must be finite and not negative, was: " + cores);
    }
    return new CpuCores(Math.round(cores * 1e9));
  }

  /**
   * Returns the canonical form of a Kubernetes quantity: {@code 250m}, {@code 1500u}, {@code 2}.
   */
  @Override
  public String toString() {
    if (nano == 0) {
      return "0";
    }
    long mantissa = nano;
    int suffix = 0;
    while (mantissa % 1000 == 0 && suffix < SUFFIXES.size() - 1) {
      mantissa /= 1000;
      suffix++;
    }
    return mantissa + SUFFIXES.get(suffix);
  }
}
