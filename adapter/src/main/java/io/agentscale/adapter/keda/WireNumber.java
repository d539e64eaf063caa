// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.core.metric.Quantity;

/**
 * An amount as both generations of KEDA read it.
 *
 * <p>KEDA takes the fraction where it is above zero and the whole number otherwise, and versions
 * before 2.17 know the whole number alone. Rounded up it never asks for too little.
 *
 * @param whole rounded up
 * @param fraction exact up to 2^53 thousandths; always finite
 */
record WireNumber(long whole, double fraction) {
  private static final int MILLI = 1000;

  static WireNumber of(Quantity amount) {
    return new WireNumber(Math.ceilDiv(amount.milli(), MILLI), amount.doubleValue());
  }
}
