// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.net.URI;
import java.nio.file.Path;

/** An adapter that is only an address. */
record NamedAdapter(URI server, Path certificateAuthority, String token) implements DemoAdapter {
  @Override
  public void close() {}
}
