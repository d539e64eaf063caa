// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file by which a process finds an API server. */
final class Kubeconfig {
  private Kubeconfig() {}

  static Path write(Path directory, String url, String token) {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: '%s'}}]
        users: [{name: u, user: {token: '%s'}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(url, token);
    try {
      return Files.writeString(directory.resolve("kubeconfig"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
