// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.delegation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.apiservice.authentication.TokenReviews;
import io.agentscale.apiservice.authentication.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Has the cluster's API server review bearer tokens. */
final class ClusterTokenReviews implements TokenReviews {
  static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";

  private final ControlPlane controlPlane;

  ClusterTokenReviews(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Override
  public CompletionStage<Verdict> review(String token) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
    review.putObject("spec").put("token", token);
    return controlPlane
        .create(PATH, review)
        .thenApply(answer -> ClusterTokenReviews.verdict(answer.path("status")));
  }

  private static Verdict verdict(JsonNode status) {
    JsonNode user = status.path("user");
    String name = user.path("username").asText();
    if (!status.path("authenticated").asBoolean() || name.isEmpty()) {
      return new Verdict.Unknown(status.path("error").asText());
    }
    Map<String, List<String>> extra = new HashMap<>();
    user.path("extra")
        .properties()
        .forEach(attribute -> extra.put(attribute.getKey(), strings(attribute.getValue())));
    return new Verdict.Known(
        new User(
            name,
            Optional.of(user.path("uid").asText()).filter(uid -> !uid.isEmpty()),
            strings(user.path("groups")),
            extra));
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.asText()));
    return strings;
  }
}
