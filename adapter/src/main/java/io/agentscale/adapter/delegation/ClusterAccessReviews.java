// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.delegation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.authorization.AccessRequest;
import io.agentscale.apiservice.authorization.AccessReviews;
import io.agentscale.apiservice.authorization.Decision;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Has the cluster's API server review what users may do. */
final class ClusterAccessReviews implements AccessReviews {
  static final String PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

  private final ControlPlane controlPlane;

  ClusterAccessReviews(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Override
  public CompletionStage<Decision> review(User user, AccessRequest request) {
    return controlPlane
        .create(PATH, question(user, request))
        .thenApply(answer -> ClusterAccessReviews.decision(answer.path("status")));
  }

  private static ObjectNode question(User user, AccessRequest request) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
    ObjectNode spec = review.putObject("spec");
    describe(request, spec);
    spec.put("user", user.name());
    user.uid().ifPresent(uid -> spec.put("uid", uid));
    strings(spec, "groups", user.groups());
    if (!user.extra().isEmpty()) {
      ObjectNode extra = spec.putObject("extra");
      user.extra().forEach((key, values) -> strings(extra, key, values));
    }
    return review;
  }

  private static void describe(AccessRequest request, ObjectNode spec) {
    switch (request) {
      case AccessRequest.OfPath(String verb, String path) ->
          spec.putObject("nonResourceAttributes").put("path", path).put("verb", verb);
      case AccessRequest.OfResource resource -> {
        ObjectNode attributes = spec.putObject("resourceAttributes");
        present(attributes, "namespace", resource.namespace());
        present(attributes, "verb", resource.verb());
        present(attributes, "group", resource.group());
        present(attributes, "version", resource.version());
        present(attributes, "resource", resource.resource());
        present(attributes, "subresource", resource.subresource());
        present(attributes, "name", resource.name());
      }
    }
  }

  private static void present(ObjectNode attributes, String key, String value) {
    if (!value.isEmpty()) {
      attributes.put(key, value);
    }
  }

  private static void strings(ObjectNode parent, String key, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(parent.putArray(key)::add);
    }
  }

  /** Both an allowance and a denial is a contradiction, which allows nothing. */
  private static Decision decision(JsonNode status) {
    String reason = status.path("reason").asText();
    if (status.path("denied").asBoolean()) {
      return new Decision.Denied(reason);
    }
    return status.path("allowed").asBoolean() ? Decision.ALLOWED : new Decision.NoOpinion(reason);
  }
}
