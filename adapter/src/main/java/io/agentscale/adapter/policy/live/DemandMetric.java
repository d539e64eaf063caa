// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.metrics.MetricOrigin;
import io.agentscale.adapter.metrics.ObjectQuestion;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicyRefusal;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.policy.ServedDemand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Serves what policies decided as the metric {@code agentscale_demand}: external, chosen by the
 * label {@code policy}, and of the object a policy scales. What is not known is refused with the
 * reason why.
 */
public final class DemandMetric implements MetricOrigin {
  /** Name of the metric. */
  public static final String NAME = "agentscale_demand";

  /** The label that names the policy. */
  public static final String POLICY = "policy";

  /** The label that a shadow's autoscaler asks with besides: it is answered in Preview, too. */
  public static final String SHADOW = "shadow";

  private final PolicyBoard board;
  private final Duration period;
  private final BooleanSupplier allTold;
  private final InstantSource clock;

  /**
   * @param period from one decision to the next; one four periods old is no longer served
   * @param allTold whether all policies there are were told of; until then, one that is not on the
   *     board may exist
   */
  public DemandMetric(
      PolicyBoard board, Duration period, BooleanSupplier allTold, InstantSource clock) {
    this.board = board;
    this.period = period;
    this.allTold = allTold;
    this.clock = clock;
  }

  /** Returns how old a decision may be, made anew every period. */
  public static Duration believed(Duration period) {
    return period.multipliedBy(4);
  }

  @Override
  public MetricCatalog catalog() {
    List<ObjectMetric> objects =
        board.all().stream()
            .map(snapshot -> snapshot.definition().target())
            .map(target -> new ObjectMetric(resource(target), true, NAME))
            .distinct()
            .toList();
    return new MetricCatalog(objects, List.of(NAME));
  }

  /** By convention; a kind whose plural is another is still served, though not listed right. */
  private static GroupResource resource(TargetRef target) {
    String kind = target.kind().toLowerCase(Locale.ROOT);
    return new GroupResource(group(target.apiVersion()), kind + "s");
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  @Override
  public boolean servesObjects(ResourceKind kind, String metric) {
    return metric.equals(NAME)
        && (!allTold.getAsBoolean()
            || board.all().stream().anyMatch(s -> isOf(s.definition().target(), kind)));
  }

  @Override
  public boolean servesExternal(String metric) {
    return metric.equals(NAME);
  }

  @Override
  public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectQuestion question) {
    if (question.names().size() > 1) {
      return completedStage(
          Answer.refused(Reason.BAD_REQUEST, NAME + " is asked for one object at a time"));
    }
    String name = question.names().getFirst();
    String namespace = question.namespace().orElse("");
    List<PolicySnapshot> found =
        board.inNamespace(namespace).stream()
            .filter(s -> isOf(s.definition().target(), question.kind()))
            .filter(s -> s.definition().target().name().equals(name))
            .filter(s -> question.metricSelector().matches(labels(s.definition().key())))
            .toList();
    String object = question.kind().resource() + " " + name;
    if (found.size() != 1) {
      return completedStage(notOne(found, "scales " + object, namespace));
    }
    return completedStage(
        switch (served(found.getFirst(), false)) {
          case Answer.Values<ServedDemand.Known>(List<ServedDemand.Known> items) ->
              new Answer.Values<>(
                  items.stream()
                      .map(
                          known ->
                              new ObjectMetricValue(
                                  question.reference(name),
                                  known.demand(),
                                  known.at(),
                                  Optional.empty()))
                      .toList());
          case Answer.Refused<ServedDemand.Known>(Reason reason, String cause) ->
              Answer.refused(reason, cause);
        });
  }

  @Override
  public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
    return completedStage(externalValue(query));
  }

  private Answer<ExternalMetricValue> externalValue(ExternalMetricQuery query) {
    LabelSelector selector = query.selector();
    if (selector.isEmpty()) {
      return Answer.refused(
          Reason.NOT_FOUND,
          NAME + " needs a selector matchLabels: {policy: NAME}; " + there(query.namespace()));
    }
    List<PolicySnapshot> found =
        board.inNamespace(query.namespace()).stream()
            .filter(s -> isChosen(s.definition().key(), selector))
            .toList();
    if (found.size() != 1) {
      Optional<PolicyRefusal> refused =
          board.refusals().stream()
              .filter(r -> r.key().namespace().equals(query.namespace()))
              .filter(r -> isChosen(r.key(), selector))
              .findFirst();
      return found.isEmpty() && refused.isPresent()
          ? Answer.refused(
              Reason.SOURCE_FAILED,
              "policy "
                  + refused.get().key().name()
                  + " is refused: "
                  + String.join("; ", refused.get().problems()))
          : notOne(found, "matches the selector", query.namespace());
    }
    PolicyKey key = found.getFirst().definition().key();
    boolean asShadow = !selector.matches(labels(key));
    Map<String, String> labels = asShadow ? shadowLabels(key) : labels(key);
    return switch (served(found.getFirst(), asShadow)) {
      case Answer.Values<ServedDemand.Known>(List<ServedDemand.Known> items) ->
          new Answer.Values<>(
              items.stream()
                  .map(
                      known ->
                          new ExternalMetricValue(
                              Optional.of(labels), known.demand(), known.at(), Optional.empty()))
                  .toList());
      case Answer.Refused<ServedDemand.Known>(Reason reason, String cause) ->
          Answer.refused(reason, cause);
    };
  }

  private static boolean isChosen(PolicyKey key, LabelSelector selector) {
    return selector.matches(labels(key)) || selector.matches(shadowLabels(key));
  }

  private Answer<ServedDemand.Known> served(PolicySnapshot snapshot, boolean asShadow) {
    PolicyDefinition policy = snapshot.definition();
    String name = "policy " + policy.key().name();
    boolean isServed =
        switch (policy.mode()) {
          case ENFORCE -> true;
          case PREVIEW -> asShadow;
          case PAUSED -> false;
        };
    if (!isServed) {
      return Answer.refused(
          Reason.NO_SAMPLE,
          name
              + " has mode "
              + (policy.mode() == PolicyDefinition.Mode.PREVIEW ? "Preview" : "Paused")
              + " and serves no demand; set mode: Enforce to have it followed");
    }
    if (snapshot.latest().isEmpty()) {
      return Answer.refused(Reason.UNAVAILABLE, name + " has not decided yet; ask again shortly");
    }
    DecisionRecord record = snapshot.latest().get();
    Duration age = Duration.between(record.at(), clock.instant());
    // One from a time yet to come was made by a clock since set back.
    if (age.abs().compareTo(believed(period)) > 0) {
      return Answer.refused(
          Reason.SOURCE_FAILED,
          "%s last decided %d s ago: %s".formatted(name, age.toSeconds(), hindrance(snapshot)));
    }
    return switch (record.decision().served()) {
      case ServedDemand.Known known -> new Answer.Values<>(List.of(known));
      case ServedDemand.Unknown(String cause) ->
          Answer.refused(Reason.SOURCE_FAILED, "the demand of " + name + " is " + cause);
    };
  }

  private static String hindrance(PolicySnapshot snapshot) {
    return snapshot.conditions().stream()
        .filter(condition -> condition.reason().equals("TargetUnknown"))
        .map(condition -> condition.message())
        .findFirst()
        .orElse("the loop is behind");
  }

  private <T> Answer<T> notOne(List<PolicySnapshot> found, String does, String namespace) {
    if (found.isEmpty() && !allTold.getAsBoolean()) {
      return Answer.refused(
          Reason.UNAVAILABLE,
          "the policies are not all read yet; ask again shortly. If this stays, see that"
              + " deploy/crds is installed and that agentscale may list scalingpolicies");
    }
    return found.isEmpty()
        ? Answer.refused(Reason.NOT_FOUND, "no policy " + does + "; " + there(namespace))
        : Answer.refused(
            Reason.BAD_REQUEST,
            "%d policies have it that %s: %s; name one by the label policy"
                .formatted(
                    found.size(),
                    does,
                    found.stream()
                        .map(s -> s.definition().key().name())
                        .collect(Collectors.joining(", "))));
  }

  private String there(String namespace) {
    List<PolicySnapshot> known = board.inNamespace(namespace);
    return known.isEmpty()
        ? "there is no policy in namespace " + namespace
        : "the policies of namespace "
            + namespace
            + " are "
            + known.stream()
                .map(s -> s.definition().key().name())
                .limit(20)
                .collect(Collectors.joining(", "));
  }

  private static Map<String, String> labels(PolicyKey key) {
    return Map.of(POLICY, key.name());
  }

  private static Map<String, String> shadowLabels(PolicyKey key) {
    return Map.of(POLICY, key.name(), SHADOW, "true");
  }

  private static boolean isOf(TargetRef target, ResourceKind kind) {
    return target.kind().equals(kind.kind())
        && group(target.apiVersion()).equals(kind.resource().group());
  }
}
