// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

/** Conditions that keep a series from being counted twice, with the reason for each. */
final class KnownTraps {
  /** vLLM production-stack's router publishes each engine's series again, with this label. */
  static final LabelFilter NOT_FROM_ROUTER = LabelFilter.isMissing("server");

  /** The conventions may add kinds of tokens, such as cached ones, that are part of these two. */
  static final LabelFilter INPUT_AND_OUTPUT =
      LabelFilter.isOneOf("gen_ai_token_type", "input", "output");

  private KnownTraps() {}
}
