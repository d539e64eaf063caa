// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

/** Is told of each decision during a replay, in order of time. */
public interface TimelineListener {
  /** Wants to know nothing. */
  TimelineListener NONE =
      new TimelineListener() {
        @Override
        public boolean isListening() {
          return false;
        }

        @Override
        public void decided(TimelineRow row) {}
      };

  /** Tells whether rows are to be made at all. */
  default boolean isListening() {
    return true;
  }

  void decided(TimelineRow row);
}
