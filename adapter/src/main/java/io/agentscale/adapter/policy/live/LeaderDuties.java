// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.PolicyKey;
import java.time.Instant;
import java.util.Set;

/** What the leader does besides acting on decisions. Called by the thread that acts. */
public interface LeaderDuties {
  /** None. */
  LeaderDuties NONE =
      new LeaderDuties() {
        @Override
        public void won() {}

        @Override
        public void lost() {}

        @Override
        public void round(Set<PolicyKey> existing, Instant now) {}
      };

  /** The leadership was won: another one may have written since this one last looked. */
  void won();

  /** The leadership was lost: nothing more is to be written. */
  void lost();

  /**
   * Looks after what no decision does, about once a second; may block.
   *
   * @param existing all policies there are, refused ones included
   */
  void round(Set<PolicyKey> existing, Instant now);
}
