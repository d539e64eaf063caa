// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.workload.ObjectId;

/**
 * A trap that a workload is in.
 *
 * @param trap which
 * @param about the object that would have to change
 * @param field of it, such as {@code spec.maxReplicas}
 * @param problem what is so, in a sentence
 * @param remedy what to do, in a sentence
 */
public record Finding(Trap trap, ObjectId about, String field, String problem, String remedy) {

  /** Returns all of it for people, in one line. */
  public String sentence() {
    return about + ": " + problem + "; " + remedy;
  }
}
