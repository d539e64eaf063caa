// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Duration;

/** How far ahead a policy has to ask for capacity. */
public sealed interface Lead {

  /** As long as nine of ten of the target's recent pods took from created to Ready. */
  record Auto() implements Lead {}

  /** A time its author knows better. */
  record Fixed(Duration lead) implements Lead {}
}
