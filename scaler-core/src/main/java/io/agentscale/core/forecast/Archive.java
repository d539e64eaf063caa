// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * A walk over mutable state that either saves or restores it, so that each class names its fields
 * once for both directions.
 *
 * <p>Every method takes the present value and returns the value to keep: itself when saving, the
 * saved one when restoring. Arrays are saved or overwritten in place.
 */
interface Archive {
  long of(long value);

  double of(double value);

  void of(double[] values);

  void of(float[] values);

  void of(long[] values);

  void of(short[] values);

  void of(byte[] values);
}
