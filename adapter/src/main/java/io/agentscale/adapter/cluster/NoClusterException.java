// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

/** No usable credentials of a cluster; the message says where was looked, or what is wrong. */
public final class NoClusterException extends RuntimeException {
  NoClusterException(String message) {
    super(message);
  }
}
