// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The running adapter as the demo's clients see it: over HTTPS, with a CA and a token. */
public interface DemoAdapter extends AutoCloseable {

  /** Where both metrics APIs answer. */
  URI server();

  /** The file with the certificates that vouch for the server (PEM). */
  Path certificateAuthority();

  /** The bearer token that may read metrics; generated for this demo. */
  String token();

  /** Stops serving. */
  @Override
  void close();

  /** How the adapter is started. */
  @FunctionalInterface
  interface Launcher {

    /**
     * Starts the adapter, scraping the objects itself.
     *
     * @param files the objects, and a directory for whatever else must be written
     * @param port where to serve on loopback; 0 for a free port
     * @throws IOException if it cannot start, such as when the port is taken
     */
    DemoAdapter start(DemoFiles files, int port) throws IOException;
  }
}
