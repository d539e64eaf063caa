// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authorization.AccessRequest;
import io.agentscale.apiservice.authorization.AccessRequest.OfPath;
import io.agentscale.apiservice.authorization.AccessRequest.OfResource;
import io.agentscale.apiservice.discovery.ServedGroup;
import io.agentscale.apiservice.health.HealthEndpoint;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import io.agentscale.apiservice.wire.MetricValueList.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads paths: where they lead, and what permission they need. */
final class Router {
  private static final String NAMESPACES = "namespaces";

  private Router() {}

  static Route route(RequestPath path) {
    if (path.length() == 0) {
      return new Route.Paths();
    }
    String first = path.at(0);
    if (first.equals("apis")) {
      return api(path);
    }
    if (first.equals("version") && path.length() == 1) {
      return new Route.AboutServer();
    }
    if (first.equals("openapi")) {
      return new Route.OpenApi(path.toString());
    }
    return HealthEndpoint.named(first)
        .<Route>map(endpoint -> new Route.Health(endpoint, check(path)))
        .orElseGet(Route.NoPath::new);
  }

  private static Optional<String> check(RequestPath path) {
    return path.length() == 1
        ? Optional.empty()
        : Optional.of(String.join("/", path.segments().subList(1, path.length())));
  }

  private static Route api(RequestPath path) {
    if (path.length() == 1) {
      return new Route.Groups();
    }
    Optional<ServedGroup> group = ServedGroup.named(path.at(1));
    if (group.isEmpty()) {
      return new Route.NoPath();
    }
    if (path.length() == 2) {
      return new Route.Group(group.get());
    }
    if (!group.get().versions().contains(path.at(2))) {
      return new Route.NoResource();
    }
    if (path.length() == 3) {
      return new Route.GroupVersion(group.get(), path.at(2));
    }
    List<String> rest = path.segments().subList(3, path.length());
    if (group.get().equals(ServedGroup.RESOURCE)) {
      return usages(rest);
    }
    return group.get().equals(ServedGroup.CUSTOM) ? custom(path.at(2), rest) : external(rest);
  }

  private static Route custom(String versionText, List<String> rest) {
    Version version = versionText.equals("v1beta1") ? Version.V1BETA1 : Version.V1BETA2;
    boolean inNamespace = rest.getFirst().equals(NAMESPACES);
    if (inNamespace && rest.size() == 5) {
      return objectValues(version, Optional.of(rest.get(1)), rest.subList(2, 5));
    }
    if (inNamespace && rest.size() == 4 && rest.get(2).equals("metrics")) {
      return objectValues(version, Optional.empty(), List.of(NAMESPACES, rest.get(1), rest.get(3)));
    }
    if (rest.size() == 3) {
      return inNamespace ? new Route.BadShape() : objectValues(version, Optional.empty(), rest);
    }
    return new Route.NoResource();
  }

  private static Route objectValues(
      Version version, Optional<String> namespace, List<String> resourceNameMetric) {
    return new Route.ObjectValues(
        version,
        GroupResource.parse(resourceNameMetric.get(0)),
        namespace,
        resourceNameMetric.get(1),
        resourceNameMetric.get(2));
  }

  private static Route usages(List<String> rest) {
    boolean inNamespace = rest.getFirst().equals(NAMESPACES) && rest.size() > 2;
    return inNamespace
        ? usages(Optional.of(rest.get(1)), rest.subList(2, rest.size()))
        : usages(Optional.empty(), rest);
  }

  private static Route usages(Optional<String> namespace, List<String> kindAndName) {
    String kind = kindAndName.getFirst();
    Optional<String> name = kindAndName.stream().skip(1).findFirst();
    // A pod's name alone does not say which pod; nodes are in no namespace.
    boolean pods = kind.equals(Kind.PODS.resource()) && (namespace.isPresent() || name.isEmpty());
    boolean nodes = kind.equals(Kind.NODES.resource()) && namespace.isEmpty();
    return kindAndName.size() <= 2 && (pods || nodes)
        ? new Route.ObjectUsages(pods ? Kind.PODS : Kind.NODES, namespace, name)
        : new Route.NoResource();
  }

  private static Route external(List<String> rest) {
    return rest.size() == 3 && rest.getFirst().equals(NAMESPACES)
        ? new Route.ExternalValues(rest.get(1), rest.get(2))
        : new Route.NoResource();
  }

  /**
   * Returns the permission a request needs, by the rules of {@code
   * k8s.io/apiserver/pkg/endpoints/request.RequestInfo}.
   */
  static AccessRequest access(String method, RequestPath path, QueryParameters query) {
    boolean inVersion = path.length() > 3 && path.at(0).equals("apis");
    if (!inVersion) {
      return new OfPath(method.toLowerCase(Locale.ROOT), path.toString());
    }
    List<String> rest = path.segments().subList(3, path.length());
    String namespace = "";
    if (rest.getFirst().equals(NAMESPACES) && rest.size() > 1) {
      namespace = rest.get(1);
      if (rest.size() > 2) {
        rest = rest.subList(2, rest.size());
      }
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    return new OfResource(
        verb(method, name, query),
        path.at(1),
        path.at(2),
        rest.getFirst(),
        rest.size() > 2 ? rest.get(2) : "",
        namespace,
        name);
  }

  private static String verb(String method, String name, QueryParameters query) {
    return switch (method) {
      case "GET", "HEAD" -> {
        if (!name.isEmpty()) {
          yield "get";
        }
        yield query.flag("watch") ? "watch" : "list";
      }
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default -> "";
    };
  }
}
