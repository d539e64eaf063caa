// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.discovery.ServedGroup;
import io.agentscale.apiservice.health.HealthEndpoint;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.UsageQuery;
import io.agentscale.apiservice.wire.MetricValueList.Version;
import java.util.Optional;

/** Where a path leads. */
sealed interface Route {

  /** Values of a metric of objects; {@code *} as name asks for all that a selector matches. */
  record ObjectValues(
      Version version,
      GroupResource resource,
      Optional<String> namespace,
      String name,
      String metric)
      implements Route {}

  /** Values of an external metric. */
  record ExternalValues(String namespace, String metric) implements Route {}

  /** What pods or nodes use: one by name, or many. */
  record ObjectUsages(UsageQuery.Kind kind, Optional<String> namespace, Optional<String> name)
      implements Route {}

  /** Inside an API group, of a shape that the reference answers as a bad request. */
  record BadShape() implements Route {}

  /** Inside an API group, but nothing there. */
  record NoResource() implements Route {}

  /** {@code /}. */
  record Paths() implements Route {}

  /** {@code /apis}. */
  record Groups() implements Route {}

  /** {@code /apis/group}. */
  record Group(ServedGroup group) implements Route {}

  /** {@code /apis/group/version}. */
  record GroupVersion(ServedGroup group, String version) implements Route {}

  /** A health endpoint, or one check of it. */
  record Health(HealthEndpoint endpoint, Optional<String> check) implements Route {}

  /** Below {@code /openapi}. */
  record OpenApi(String path) implements Route {}

  /** {@code /version}. */
  record AboutServer() implements Route {}

  /** Outside the API groups, and nothing there. */
  record NoPath() implements Route {}
}
