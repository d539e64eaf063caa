// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the service account of {@code deploy/base} may do, and what of it was ever needed: RBAC as
 * the API server evaluates it, over the manifest that is shipped. The roles it refers to that every
 * Kubernetes has are added from the documentation.
 */
public final class ShippedRoles {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path MANIFEST = Path.of("..", "deploy", "base", "rbac.yaml");
  private static final String NAMESPACE = "agentscale-system";

  private static final String AUTH_DELEGATOR =
      """
      [{"apiGroups": ["authentication.k8s.io"], "resources": ["tokenreviews"], "verbs": ["create"]},
       {"apiGroups": ["authorization.k8s.io"], "resources": ["subjectaccessreviews"],
        "verbs": ["create"]}]""";
  private static final String AUTHENTICATION_READER =
      """
      [{"apiGroups": [""], "resources": ["configmaps"],
        "resourceNames": ["extension-apiserver-authentication"],
        "verbs": ["get", "list", "watch"]}]""";

  private record Grant(Optional<String> namespace, JsonNode rule, boolean shipped) {}

  private final List<Grant> grants = new CopyOnWriteArrayList<>();
  private final Set<String> used = new ConcurrentSkipListSet<>();

  public ShippedRoles() {
    bind(manifests(MANIFEST));
  }

  /** Adds what a component of {@code deploy/components} grants. */
  public void add(String component) {
    bind(manifests(Path.of("..", "deploy", "components", component, "rbac.yaml")));
  }

  private void bind(List<JsonNode> objects) {
    for (JsonNode binding : objects) {
      if (binding.path("kind").asText().endsWith("RoleBinding")) {
        bind(binding, objects);
      }
    }
  }

  /** Reads every document of a YAML file. */
  public static List<JsonNode> manifests(Path file) {
    try {
      return StreamSupport.stream(
              new Load(LoadSettings.builder().build())
                  .loadAllFromString(Files.readString(file))
                  .spliterator(),
              false)
          .map(JSON::<JsonNode>valueToTree)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void bind(JsonNode binding, List<JsonNode> objects) {
    boolean everywhere = binding.path("kind").asText().equals("ClusterRoleBinding");
    Optional<String> namespace =
        everywhere
            ? Optional.empty()
            : Optional.of(binding.path("metadata").path("namespace").asText(NAMESPACE));
    String role = binding.path("roleRef").path("name").asText();
    JsonNode known = builtIn(role);
    if (known != null) {
      known.forEach(rule -> grants.add(new Grant(namespace, rule, false)));
      return;
    }
    objects.stream()
        .filter(
            object ->
                object.path("kind").equals(binding.path("roleRef").path("kind"))
                    && object.path("metadata").path("name").asText().equals(role))
        .forEach(
            object ->
                object.path("rules").forEach(rule -> grants.add(new Grant(namespace, rule, true))));
  }

  private static JsonNode builtIn(String role) {
    try {
      return switch (role) {
        case "system:auth-delegator" -> JSON.readTree(AUTH_DELEGATOR);
        case "extension-apiserver-authentication-reader" -> JSON.readTree(AUTHENTICATION_READER);
        default -> null;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what is granted on a resource away, as a cautious administrator does. */
  public void withhold(String resource) {
    grants.removeIf(grant -> lists(grant.rule, "resources", resource));
  }

  /** Tells whether a call is allowed, and remembers by which permission. */
  public boolean allow(String verb, String group, String resource, String namespace, String name) {
    boolean allowed = false;
    for (Grant grant : grants) {
      JsonNode rule = grant.rule;
      if (grant.namespace.map(namespace::equals).orElse(true)
          && lists(rule, "verbs", verb)
          && lists(rule, "apiGroups", group)
          && lists(rule, "resources", resource)
          && (!rule.has("resourceNames") || lists(rule, "resourceNames", name))) {
        allowed = true;
        if (grant.shipped) {
          used.add(permission(verb, group, resource));
        }
      }
    }
    return allowed;
  }

  /** Returns the shipped permissions that no call needed so far. */
  public Set<String> unused() {
    Set<String> unused = new TreeSet<>();
    for (Grant grant : grants) {
      if (grant.shipped) {
        for (JsonNode verb : grant.rule.path("verbs")) {
          for (JsonNode group : grant.rule.path("apiGroups")) {
            for (JsonNode resource : grant.rule.path("resources")) {
              unused.add(permission(verb.asText(), group.asText(), resource.asText()));
            }
          }
        }
      }
    }
    unused.removeAll(used);
    return unused;
  }

  private static String permission(String verb, String group, String resource) {
    return verb + " " + (group.isEmpty() ? resource : resource + "." + group);
  }

  private static boolean lists(JsonNode rule, String key, String value) {
    for (JsonNode item : rule.path(key)) {
      if (item.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }
}
