// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import static io.agentscale.adapter.registration.SharedAuthority.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our APIServices, held as they should be by server-side apply. Blocks while it asks. */
final class ApiServices {
  private static final Logger log = LoggerFactory.getLogger(ApiServices.class);

  private final ControlPlane controlPlane;
  private final List<ApiService> wanted;
  private final ServiceAddress service;

  ApiServices(ControlPlane controlPlane, List<ApiService> wanted, ServiceAddress service) {
    this.controlPlane = controlPlane;
    this.wanted = List.copyOf(wanted);
    this.service = service;
  }

  /**
   * Creates what is missing and mends what differs. If one leads to another service and must not be
   * taken over, none is touched.
   *
   * @param caBundle what vouches for us, in PEM
   * @throws RegistrationConflictException if one leads to another service
   * @throws ControlPlaneException if the API server does not let us
   */
  void ensure(String caBundle, boolean takeOver) {
    Map<ApiService, Optional<JsonNode>> present = new LinkedHashMap<>();
    List<String> conflicts = new ArrayList<>();
    for (ApiService apiService : wanted) {
      Optional<JsonNode> found = read(apiService);
      found
          .flatMap(object -> ApiService.otherOwner(object, service))
          .ifPresent(owner -> conflicts.add(apiService.name() + " leads to " + owner));
      present.put(apiService, found);
    }
    if (!conflicts.isEmpty() && !takeOver) {
      throw new RegistrationConflictException(
          "Conflict: APIService "
              + String.join(", APIService ", conflicts)
              + ", not to "
              + service
              + "; nothing was registered. Leave its group out of --register, or take it over with"
              + " --take-over");
    }
    present.forEach((apiService, found) -> ensure(apiService, found, caBundle));
  }

  private Optional<JsonNode> read(ApiService apiService) {
    try {
      return Optional.of(ask(() -> controlPlane.get(apiService.path())));
    } catch (ControlPlaneException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * What was read is changed only if it is still the same object, so that nobody's is taken over by
   * a race. A new one is not forced for the same reason.
   */
  private void ensure(ApiService apiService, Optional<JsonNode> found, String caBundle) {
    ObjectNode manifest = apiService.manifest(service, caBundle);
    if (found.isPresent() && ApiService.isAsIn(manifest, found.get())) {
      return;
    }
    found.ifPresent(
        object ->
            manifest
                .withObject("/metadata")
                .put("resourceVersion", object.path("metadata").path("resourceVersion").asText()));
    ask(() -> controlPlane.apply(apiService.path(), manifest, found.isPresent()));
    log.atInfo()
        .addKeyValue("apiService", apiService.name())
        .addKeyValue("service", service)
        .addKeyValue("created", found.isEmpty())
        .log("Registered");
  }
}
