// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Optional;

/**
 * One API version that the aggregator passes on to us.
 *
 * @param version of the API
 * @param group of the API
 * @param versionPriority the version with the highest is preferred by clients
 */
record ApiService(String version, String group, int versionPriority) {
  static final String COLLECTION = "/apis/apiregistration.k8s.io/v1/apiservices";

  private static final int GROUP_PRIORITY = 100;

  String name() {
    return version + "." + group;
  }

  String path() {
    return COLLECTION + "/" + name();
  }

  /**
   * Returns the fields we own. That verification is not skipped is said, not left out: whoever had
   * this APIService before us may have skipped it, which excludes a {@code caBundle}.
   *
   * @param caBundle what vouches for us, in PEM
   */
  ObjectNode manifest(ServiceAddress service, String caBundle) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("apiVersion", "apiregistration.k8s.io/v1").put("kind", "APIService");
    manifest.putObject("metadata").put("name", name());
    ObjectNode spec = manifest.putObject("spec");
    spec.put("group", group)
        .put("version", version)
        .put("groupPriorityMinimum", GROUP_PRIORITY)
        .put("versionPriority", versionPriority)
        .put("insecureSkipTLSVerify", false)
        .put("caBundle", Base64.getEncoder().encodeToString(caBundle.getBytes(UTF_8)));
    spec.putObject("service")
        .put("namespace", service.namespace())
        .put("name", service.name())
        .put("port", service.port());
    return manifest;
  }

  /** Tells whether an object has every field of a manifest already. */
  static boolean isAsIn(ObjectNode manifest, JsonNode present) {
    JsonNode wanted = manifest.path("spec");
    JsonNode found = present.path("spec");
    return wanted.properties().stream()
        .allMatch(
            field ->
                field.getKey().equals("insecureSkipTLSVerify")
                    ? !found.path(field.getKey()).asBoolean()
                    : field.getValue().equals(found.get(field.getKey())));
  }

  /** Returns whom an object leads to, if that is not the service. */
  static Optional<String> otherOwner(JsonNode present, ServiceAddress service) {
    JsonNode owner = present.path("spec").path("service");
    if (owner.isMissingNode() || owner.isNull()) {
      return Optional.of("the API server itself");
    }
    String namespace = owner.path("namespace").asText();
    String name = owner.path("name").asText();
    return namespace.equals(service.namespace()) && name.equals(service.name())
        ? Optional.empty()
        : Optional.of("service " + namespace + "/" + name);
  }
}
