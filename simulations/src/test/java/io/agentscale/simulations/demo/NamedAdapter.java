// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.DecisionRecord;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** An adapter that is only an address. */
record NamedAdapter(URI server, URI operations, Path certificateAuthority, String token)
    implements DemoAdapter {
  @Override
  public Optional<DecisionRecord> decision() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
