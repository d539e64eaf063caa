// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.util.Optional;

/** Knows the address of a pod: an IP of either family, or a host name. */
@FunctionalInterface
public interface PodAddresses {

  /** The pod's address; absent until it has one. */
  Optional<String> of(String namespace, String pod);
}
