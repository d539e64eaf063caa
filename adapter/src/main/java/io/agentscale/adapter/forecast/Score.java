// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.util.List;

/**
 * How good one method's forecasts were at one horizon.
 *
 * @param origins the forecasts scored
 * @param mase mean absolute error, over that of the daily seasonal naive in the warm-up
 * @param smape symmetric mean absolute percentage error, 0 to 200
 * @param quantiles one a quantile
 */
record Score(int origins, double mase, double smape, List<OfQuantile> quantiles) {

  /**
   * How good one quantile was.
   *
   * @param p the probability it stands for
   * @param pinball mean pinball loss, over the same scale as {@link Score#mase()}
   * @param coverage the share of values at or below it
   */
  record OfQuantile(double p, double pinball, double coverage) {}
}
