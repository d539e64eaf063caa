// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.sample.Reading;
import java.time.Duration;
import java.util.List;

/** What was scraped from one pod; several series of a name that pass the filters are summed. */
public interface PodReadings {

  /** Returns the latest value of a gauge. */
  Reading gauge(String series, List<LabelFilter> filters);

  /** Returns a counter's increase a second over the window; a reset is no decrease. */
  Reading ratePerSecond(String series, Duration window, List<LabelFilter> filters);
}
