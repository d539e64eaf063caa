// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

/** No credentials of a cluster were found; the message says where was looked. */
public final class NoClusterException extends RuntimeException {
  NoClusterException(String message) {
    super(message);
  }
}
