// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import java.util.Optional;

/**
 * A question for what objects use.
 *
 * @param kind of the objects
 * @param namespace of the pods; absent for those of all namespaces, and for nodes
 * @param objects which of them
 */
public record UsageQuery(Kind kind, Optional<String> namespace, Objects objects) {

  /** The kinds of objects whose use is served. */
  public enum Kind {
    PODS("pods", "PodMetrics"),
    NODES("nodes", "NodeMetrics");

    private final String resource;
    private final String document;

    Kind(String resource, String document) {
      this.resource = resource;
      this.document = document;
    }

    /** Returns the plural that paths name. */
    public String resource() {
      return resource;
    }

    /** Returns the kind of the document for one object; a list's ends in {@code List}. */
    public String document() {
      return document;
    }
  }
}
