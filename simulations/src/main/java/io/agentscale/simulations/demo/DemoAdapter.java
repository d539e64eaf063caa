// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.DecisionRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The running adapter as the demo's clients see it: over HTTPS, with a CA and a token. */
public interface DemoAdapter extends AutoCloseable {

  /** Where both metrics APIs answer. */
  URI server();

  /** The file with the certificates that vouch for the server (PEM). */
  Path certificateAuthority();

  /** The bearer token that may read metrics; generated for this demo. */
  String token();

  /** Where the adapter's own metrics, its explanations and its dashboard are. */
  URI operations();

  /** What the demo's policy decided last; empty before it did. */
  Optional<DecisionRecord> decision();

  /** Stops serving. */
  @Override
  void close();

  /** How the adapter is started. */
  @FunctionalInterface
  interface Launcher {

    /**
     * Starts the adapter, scraping the objects itself and following the policy of the files.
     *
     * @param files the objects and the policy, and a directory for whatever else must be written
     * @param port where to serve on loopback; 0 for a free port
     * @param world what the policy works on
     * @throws IOException if it cannot start, such as when the port is taken
     */
    DemoAdapter start(DemoFiles files, int port, DemoWorld world) throws IOException;
  }
}
