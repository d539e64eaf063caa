// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

/** An objects file that cannot be used; the message gives file, line and field. */
public final class InvalidManifestException extends IllegalArgumentException {
  InvalidManifestException(String message) {
    super(message);
  }
}
