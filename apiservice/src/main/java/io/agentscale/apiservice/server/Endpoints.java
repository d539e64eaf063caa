// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.discovery.ApiGroup;
import io.agentscale.apiservice.discovery.ApiGroupList;
import io.agentscale.apiservice.discovery.ApiResourceList;
import io.agentscale.apiservice.discovery.PathList;
import io.agentscale.apiservice.discovery.ServedGroup;
import io.agentscale.apiservice.health.HealthCheck;
import io.agentscale.apiservice.health.HealthChecks;
import io.agentscale.apiservice.health.HealthEndpoint;
import io.agentscale.apiservice.health.HealthReport;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.wire.Document;
import io.agentscale.apiservice.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers requests that may be served. */
final class Endpoints {
  private final MetricsProvider provider;
  private final MetricsApi metrics;
  private final HealthChecks health;
  private final Document version;

  Endpoints(MetricsProvider provider, HealthChecks health, Document version) {
    this.provider = provider;
    this.metrics = new MetricsApi(provider);
    this.health = health;
    this.version = version;
  }

  CompletionStage<Reply> answer(Route route, String method, QueryParameters query, int port) {
    if (!isAllowed(route, method)) {
      return now(Reply.failed(Status.methodNotAllowed()));
    }
    return switch (route) {
      case Route.ObjectValues values -> metrics.objectValues(values, query);
      case Route.ExternalValues values -> metrics.externalValues(values, query);
      case Route.BadShape _ -> now(Reply.failed(Status.badRequest("invalid request path")));
      case Route.NoResource _ -> now(Reply.failed(Status.resourceNotFound()));
      case Route.Paths _ -> now(Reply.ok(paths()));
      case Route.NoPath _ -> now(new Reply.OfDocument(404, paths()));
      case Route.Groups _ -> now(Reply.ok(new ApiGroupList(":" + port)));
      case Route.Group(ServedGroup group) -> now(Reply.ok(new ApiGroup(group)));
      case Route.GroupVersion(ServedGroup group, String groupVersion) ->
          now(Reply.ok(new ApiResourceList(group, groupVersion, provider.catalog())));
      case Route.Health(HealthEndpoint endpoint, Optional<String> check) ->
          now(health(endpoint, check, query));
      case Route.AboutServer _ -> now(Reply.ok(version));
    };
  }

  private static boolean isAllowed(Route route, String method) {
    return switch (route) {
      // What is not there is not there for any method.
      case Route.NoPath _, Route.NoResource _ -> true;
      case Route.Health _ -> method.equals("GET") || method.equals("HEAD");
      case Route.ObjectValues _,
          Route.ExternalValues _,
          Route.BadShape _,
          Route.Paths _,
          Route.Groups _,
          Route.Group _,
          Route.GroupVersion _,
          Route.AboutServer _ ->
          method.equals("GET");
    };
  }

  private Reply health(HealthEndpoint endpoint, Optional<String> name, QueryParameters query) {
    List<HealthCheck> asked =
        health.behind(endpoint).stream()
            .filter(check -> name.isEmpty() || check.name().equals(name.get()))
            .toList();
    if (asked.isEmpty()) {
      return new Reply.OfDocument(404, paths());
    }
    HealthReport report = HealthReport.of(endpoint.segment(), asked);
    if (!report.healthy()) {
      return new Reply.OfText(500, report.text());
    }
    return new Reply.OfText(200, query.has("verbose") ? report.text() : "ok");
  }

  private PathList paths() {
    List<String> paths = new ArrayList<>(List.of("/apis", "/version"));
    for (ServedGroup group : ServedGroup.ALL) {
      paths.add("/apis/" + group.name());
      group.versions().forEach(served -> paths.add("/apis/" + group.name() + "/" + served));
    }
    for (HealthEndpoint endpoint : HealthEndpoint.values()) {
      paths.add("/" + endpoint.segment());
      health
          .behind(endpoint)
          .forEach(check -> paths.add("/" + endpoint.segment() + "/" + check.name()));
    }
    return new PathList(paths);
  }

  private static CompletionStage<Reply> now(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }
}
