// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authorization;

/** What a user wants to do, in the terms of Kubernetes RBAC. */
public sealed interface AccessRequest {
  String verb();

  /**
   * A request for a resource.
   *
   * @param verb such as {@code get} or {@code list}
   * @param group API group
   * @param version API version
   * @param resource such as {@code pods}; for external metrics the metric's name
   * @param subresource the metric's name for metrics of objects; else empty
   * @param namespace empty at cluster scope
   * @param name object asked for, {@code *} for all; empty if none is named
   */
  record OfResource(
      String verb,
      String group,
      String version,
      String resource,
      String subresource,
      String namespace,
      String name)
      implements AccessRequest {

    /** Returns resource and subresource as rules write them: {@code pods/requests}. */
    public String qualifiedResource() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
  }

  /**
   * A request for a path outside the API groups.
   *
   * @param verb the HTTP method in lower case
   * @param path decoded
   */
  record OfPath(String verb, String path) implements AccessRequest {}
}
