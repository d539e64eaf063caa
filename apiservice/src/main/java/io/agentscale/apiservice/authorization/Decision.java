// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

/** What an authorizer thinks of a request. */
public sealed interface Decision {

  /** The request may be served. */
  record Allowed() implements Decision {}

  /**
   * The request must not be served, whatever others think.
   *
   * @param reason appended to the refusal; empty if there is none to tell
   */
  record Denied(String reason) implements Decision {}

  /**
   * Nothing is known in favour of the request; if nobody allows it, it is refused.
   *
   * @param reason appended to the refusal; empty if there is none to tell
   */
  record NoOpinion(String reason) implements Decision {}

  Decision ALLOWED = new Allowed();
  Decision NO_OPINION = new NoOpinion("");
}
