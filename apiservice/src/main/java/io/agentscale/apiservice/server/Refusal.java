// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest;
import io.agentscale.apiservice.authorization.AccessRequest.OfPath;
import io.agentscale.apiservice.authorization.AccessRequest.OfResource;
import io.agentscale.apiservice.wire.Status;
import io.agentscale.apiservice.wire.Status.Details;
import java.util.List;

/** The wording of a refusal for want of permission, as Kubernetes users know it. */
final class Refusal {
  private Refusal() {}

  static Status of(User user, AccessRequest request, String reason) {
    String tail = reason.isEmpty() ? "" : ": " + reason;
    String who = "User \"" + user.name() + "\" cannot " + request.verb() + " ";
    return switch (request) {
      case OfPath(_, String path) ->
          Status.forbidden("forbidden: " + who + "path \"" + path + "\"" + tail, Details.EMPTY);
      case OfResource resource ->
          Status.forbidden(
              subject(resource)
                  + " is forbidden: "
                  + who
                  + "resource \""
                  + resource.qualifiedResource()
                  + "\" in API group \""
                  + resource.group()
                  + "\""
                  + scope(resource)
                  + tail,
              new Details(resource.name(), resource.group(), resource.resource(), List.of()));
    };
  }

  private static String subject(OfResource resource) {
    String kind = resource.resource() + "." + resource.group();
    return resource.name().isEmpty() ? kind : kind + " \"" + resource.name() + "\"";
  }

  private static String scope(OfResource resource) {
    return resource.namespace().isEmpty()
        ? " at the cluster scope"
        : " in the namespace \"" + resource.namespace() + "\"";
  }
}
