// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.http;

import java.io.IOException;

/** More was answered than is read. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public TooLargeException(long limitBytes) {
    super("more than " + limitBytes + " bytes");
  }
}
