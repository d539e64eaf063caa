// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import org.jspecify.annotations.Nullable;

/** A question was not asked, because the source fails or is too busy; the message says which. */
public final class SourceRestingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SourceRestingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
