// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.util.List;

/**
 * A spec that cannot be followed.
 *
 * @param key whose
 * @param uid of the object; empty for one read from a file
 * @param generation of the refused spec
 * @param problems each with the path of its field
 */
public record PolicyRefusal(PolicyKey key, String uid, long generation, List<String> problems) {
  public PolicyRefusal {
    problems = List.copyOf(problems);
  }
}
