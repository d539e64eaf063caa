// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.discovery.AggregatedDocuments;
import io.agentscale.apiservice.discovery.ApiGroup;
import io.agentscale.apiservice.discovery.ApiGroupList;
import io.agentscale.apiservice.discovery.ApiResourceList;
import io.agentscale.apiservice.discovery.OpenApiDocuments;
import io.agentscale.apiservice.discovery.PathList;
import io.agentscale.apiservice.discovery.ServedGroup;
import io.agentscale.apiservice.health.HealthCheck;
import io.agentscale.apiservice.health.HealthChecks;
import io.agentscale.apiservice.health.HealthEndpoint;
import io.agentscale.apiservice.health.HealthReport;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.wire.Acceptance;
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
  private final AggregatedDocuments aggregated = new AggregatedDocuments();
  private final OpenApiDocuments openApi = new OpenApiDocuments(false);
  private final OpenApiDocuments openApiWithResource = new OpenApiDocuments(true);

  /** What of a request's surroundings an answer depends on. */
  record Asker(Acceptance acceptance, int port) {}

  Endpoints(MetricsProvider provider, HealthChecks health, Document version) {
    this.provider = provider;
    this.metrics = new MetricsApi(provider);
    this.health = health;
    this.version = version;
  }

  CompletionStage<Reply> answer(Route asked, String method, QueryParameters query, Asker asker) {
    Route route = isServed(asked) ? asked : new Route.NoPath();
    if (!isAllowed(route, method)) {
      return now(Reply.failed(Status.methodNotAllowed()));
    }
    if (isUnreadable(route, asker)) {
      return now(Reply.failed(Status.notAcceptable(asker.acceptance().refusal())));
    }
    return switch (route) {
      case Route.ObjectValues values -> metrics.objectValues(values, query);
      case Route.ExternalValues values -> metrics.externalValues(values, query);
      case Route.ObjectUsages usages ->
          provider
              .resources()
              .map(known -> ResourceMetricsApi.answer(known, usages, query))
              .orElseGet(() -> now(new Reply.OfJson(404, paths())));
      case Route.BadShape _ -> now(Reply.failed(Status.badRequest("invalid request path")));
      case Route.NoResource _ -> now(Reply.failed(Status.resourceNotFound()));
      case Route.Paths _ -> now(new Reply.OfJson(200, paths()));
      case Route.NoPath _ -> now(new Reply.OfJson(404, paths()));
      case Route.Groups _ -> now(groups(asker));
      case Route.Group(ServedGroup group) -> now(Reply.ok(new ApiGroup(group)));
      case Route.GroupVersion(ServedGroup group, String groupVersion) -> {
        MetricCatalog catalog = provider.catalog();
        yield now(Reply.ok(new ApiResourceList(group, groupVersion, catalog), catalog));
      }
      case Route.OpenApi(String path) ->
          now(
              openApi()
                  .at(path)
                  .<Reply>map(Reply.OfTagged::new)
                  .orElseGet(() -> new Reply.OfJson(404, paths())));
      case Route.Health(HealthEndpoint endpoint, Optional<String> check) ->
          now(health(endpoint, check, query));
      case Route.AboutServer _ -> now(new Reply.OfJson(200, version));
    };
  }

  private List<ServedGroup> servedGroups() {
    return ServedGroup.all(provider.resources().isPresent());
  }

  private OpenApiDocuments openApi() {
    return provider.resources().isPresent() ? openApiWithResource : openApi;
  }

  /** Tells whether a path leads somewhere at present. */
  private boolean isServed(Route route) {
    return switch (route) {
      case Route.Group(ServedGroup group) -> servedGroups().contains(group);
      case Route.GroupVersion(ServedGroup group, _) -> servedGroups().contains(group);
      case Route.ObjectUsages _ -> provider.resources().isPresent();
      default -> true;
    };
  }

  private Reply groups(Asker asker) {
    return asker
        .acceptance()
        .discoveryVersion()
        .<Reply>map(
            wanted -> new Reply.OfTagged(aggregated.of(servedGroups(), provider.catalog(), wanted)))
        .orElseGet(() -> Reply.ok(new ApiGroupList(servedGroups(), ":" + asker.port())));
  }

  /** Tells whether the answer would be one the client cannot read. */
  private static boolean isUnreadable(Route route, Asker asker) {
    Acceptance acceptance = asker.acceptance();
    return switch (route) {
      case Route.ObjectValues _,
          Route.ExternalValues _,
          Route.ObjectUsages _,
          Route.Group _,
          Route.GroupVersion _ ->
          acceptance.format().isEmpty();
      case Route.Groups _ ->
          acceptance.format().isEmpty() && acceptance.discoveryVersion().isEmpty();
      case Route.BadShape _,
          Route.NoResource _,
          Route.NoPath _,
          Route.Paths _,
          Route.OpenApi _,
          Route.Health _,
          Route.AboutServer _ ->
          false;
    };
  }

  private static boolean isAllowed(Route route, String method) {
    return switch (route) {
      // What is not there is not there for any method.
      case Route.NoPath _, Route.NoResource _ -> true;
      case Route.Health _, Route.OpenApi _ -> method.equals("GET") || method.equals("HEAD");
      case Route.ObjectValues _,
          Route.ExternalValues _,
          Route.ObjectUsages _,
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
      return new Reply.OfJson(404, paths());
    }
    HealthReport report = HealthReport.of(endpoint.segment(), asked);
    if (!report.healthy()) {
      return new Reply.OfText(500, report.text());
    }
    return new Reply.OfText(200, query.has("verbose") ? report.text() : "ok");
  }

  private PathList paths() {
    List<String> paths = new ArrayList<>(List.of("/apis", "/version"));
    paths.addAll(openApi().paths());
    for (ServedGroup group : servedGroups()) {
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
