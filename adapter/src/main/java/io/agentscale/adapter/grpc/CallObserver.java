// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import java.time.Duration;

/** Hears of every call that ended. */
@FunctionalInterface
public interface CallObserver {

  /**
   * A call ended.
   *
   * @param method its full name, such as {@code externalscaler.ExternalScaler/GetMetrics}; always
   *     one that is served
   * @param code of its status, such as {@code OK}
   * @param took from the call's arrival to its end
   */
  void ended(String method, String code, Duration took);
}
