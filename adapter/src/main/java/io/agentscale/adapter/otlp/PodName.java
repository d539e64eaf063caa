// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import java.util.regex.Pattern;

/**
 * Which pod.
 *
 * @param namespace it runs in
 * @param pod its name
 */
public record PodName(String namespace, String pod) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  /** Tells whether Kubernetes could have given these names. */
  boolean isPossible() {
    return NAME.matcher(namespace).matches() && NAME.matcher(pod).matches();
  }

  @Override
  public String toString() {
    return namespace + "/" + pod;
  }
}
