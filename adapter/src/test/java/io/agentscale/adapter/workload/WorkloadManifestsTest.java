// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A field read as something it is not makes a conflict invisible, or sees one where there is none.
 */
final class WorkloadManifestsTest {

  static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hpa_isReadWithItsStatus() {
    Autoscaler hpa =
        HpaManifest.read(
            json(
                """
                {'kind':'HorizontalPodAutoscaler','metadata':{'name':'h','namespace':'n'},
                 'spec':{'scaleTargetRef':{'apiVersion':'apps/v1','kind':'StatefulSet','name':'db'},
                  'minReplicas':2,'maxReplicas':9,
                  'behavior':{'scaleUp':{'tolerance':'50m'}},
                  'metrics':[
                   {'type':'Resource','resource':{'name':'cpu',
                     'target':{'type':'Utilization','averageUtilization':60}}},
                   {'type':'External','external':{
                     'metric':{'name':'agentscale_demand',
                               'selector':{'matchLabels':{'policy':'coder'}}},
                     'target':{'type':'AverageValue','averageValue':'12'}}}]},
                 'status':{'currentReplicas':3,'desiredReplicas':4,
                  'lastScaleTime':'2026-11-20T08:00:00Z',
                  'conditions':[
                   {'type':'AbleToScale','status':'True','reason':'ReadyForNewScale'},
                   {'type':'ScalingLimited','status':'True','reason':'TooManyReplicas',
                    'message':'more than the maximum','lastTransitionTime':'2026-11-20T07:00:00Z'},
                   {'type':'ScalingActive','status':'False','reason':'FailedGetExternalMetric'}]}}
                """),
            "other");

    assertThat(hpa.id()).hasToString("HorizontalPodAutoscaler n/h");
    assertThat(hpa.tolerance()).contains(0.05);
    assertThat(hpa.metrics().getFirst().isUtilization()).isTrue();
    assertThat(hpa.metrics().getLast())
        .isEqualTo(
            new Autoscaler.Metric(
                "spec.metrics[1].external",
                "External",
                "agentscale_demand",
                Map.of("policy", "coder"),
                "AverageValue",
                Optional.of("12")));
    assertThat(hpa.view())
        .satisfies(
            view -> {
              assertThat(view.minReplicas()).isEqualTo(2);
              assertThat(view.maxReplicas()).isEqualTo(9);
              assertThat(view.currentReplicas()).isEqualTo(3);
              assertThat(view.desiredReplicas()).isEqualTo(4);
              assertThat(view.lastScaleTime()).contains(Instant.parse("2026-11-20T08:00:00Z"));
              assertThat(view.notes())
                  .containsExactly(
                      "ScalingLimited: more than the maximum",
                      "ScalingActive: FailedGetExternalMetric");
            });
  }

  @Test
  void hpaOfVersion1_followsCpu_andHasNoStatusYet() {
    Autoscaler hpa =
        HpaManifest.read(
            json(
                """
                {'kind':'HorizontalPodAutoscaler','metadata':{'name':'h'},
                 'spec':{'scaleTargetRef':{'kind':'Deployment','name':'d'},'maxReplicas':9,
                         'targetCPUUtilizationPercentage':70}}
                """),
            "default");

    assertThat(hpa.min()).isEqualTo(1);
    assertThat(hpa.metrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.isUtilization()).isTrue());
    assertThat(hpa.view().notes())
        .containsExactly("Replicas: unknown, shown as 0; it has not counted any");
  }

  private static Autoscaler scaledObject(String annotations) {
    return ScaledObjectManifest.read(
        json(
            """
            {'kind':'ScaledObject','metadata':{'name':'s','namespace':'n','annotations':%s},
             'spec':{'scaleTargetRef':{'name':'coder'},'triggers':[{'type':'cpu','metadata':{}}]},
             'status':{'conditions':[{'type':'Ready','status':'True','reason':'Ready'},
                                     {'type':'Active','status':'False','reason':'NotActive'},
                                     {'type':'Fallback','status':'True','reason':'Failing'}]}}
            """
                .formatted(annotations)),
        "");
  }

  private static Autoscaler hpa(String name, String owner) {
    return HpaManifest.read(
        json(
            """
            {'kind':'HorizontalPodAutoscaler','metadata':{'name':'%s','namespace':'n',
              'ownerReferences':[%s]},
             'spec':{'scaleTargetRef':{'kind':'Deployment','name':'coder'},'maxReplicas':9},
             'status':{'currentReplicas':3,'desiredReplicas':4}}
            """
                .formatted(name, owner)),
        "");
  }

  private static Surroundings around(Autoscaler... autoscalers) {
    return new Surroundings(
        "n",
        autoscalers[0].target(),
        Optional.empty(),
        List.of(),
        List.of(autoscalers),
        List.of(),
        List.of(),
        Optional.empty(),
        Instant.EPOCH);
  }

  @Test
  void scaledObject_andTheHpaItOwns_areOneAutoscaler() {
    Autoscaler owned = hpa("keda-hpa-s", "{'kind':'ScaledObject','name':'s'}");

    assertThat(around(owned, scaledObject("{}")).autoscalers())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.view().kind()).isEqualTo("ScaledObject");
              assertThat(one.view().maxReplicas()).isEqualTo(100);
              assertThat(one.view().currentReplicas()).isEqualTo(3);
              assertThat(one.view().notes()).containsExactly("Fallback: Failing");
            });
    assertThat(around(hpa("another", ""), scaledObject("{}")).autoscalers()).hasSize(2);
    // Adopted, and not labelled yet.
    assertThat(around(hpa("keda-hpa-s", ""), scaledObject("{}")).autoscalers()).hasSize(1);
  }

  @Test
  void scaledObjectWithoutItsHpa_saysThatNobodyCounts() {
    assertThat(scaledObject("{'autoscaling.keda.sh/paused':'true'}").view().notes())
        .containsExactly(
            "Paused: autoscaling.keda.sh/paused: true",
            "Replicas: unknown, shown as 0; its HorizontalPodAutoscaler keda-hpa-s is not there or"
                + " has not counted any",
            "Fallback: Failing");
    assertThat(scaledObject("{'autoscaling.keda.sh/paused':'false'}").pauses()).isEmpty();
    assertThat(scaledObject("{'autoscaling.keda.sh/paused-replicas':'0'}").pauses()).hasSize(1);
    assertThat(scaledObject("{'autoscaling.keda.sh/paused-scale-in':'true'}").pauses()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "{'minAvailable':2}, 2, 0",
    "{'minAvailable':2}, 3, 1",
    "{'minAvailable':'100%'}, 7, 0",
    "{'minAvailable':'50%'}, 3, 1",
    "{'minAvailable':5}, 2, 0",
    "{'maxUnavailable':0}, 9, 0",
    "{'maxUnavailable':'0%'}, 9, 0",
    "{'maxUnavailable':'1%'}, 9, 1",
    "{'maxUnavailable':3}, 2, 2",
    "{}, 4, 4"
  })
  void budget_letsGoAsManyAsTheControllerDoes(String spec, int pods, int evictable) {
    DisruptionBudget budget =
        DisruptionBudget.read(
            json("{'kind':'PodDisruptionBudget','metadata':{'name':'b'},'spec':" + spec + "}"),
            "n");

    assertThat(budget.evictable(pods)).isEqualTo(evictable);
    assertThat(budget.selector()).as("selects nothing without a selector").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                     | Auto | true
          {'updatePolicy':{'updateMode':'Off'}}                                  | Off  | false
          {'resourcePolicy':{'containerPolicies':[{'containerName':'*','mode':'Off'}]}} | Auto | false
          {'resourcePolicy':{'containerPolicies':[{'containerName':'a','mode':'Off'}]}} | Auto | true
          """)
  void vertical_actsUnlessItIsOffForAll(String spec, String mode, boolean acts) {
    VerticalAutoscaler vertical =
        VerticalAutoscaler.read(
            json(
                "{'kind':'VerticalPodAutoscaler','metadata':{'name':'v'},'spec':"
                    + spec.replaceFirst("^\\{", "{'targetRef':{'name':'coder'}" + comma(spec))
                    + "}"),
            "n");

    assertThat(vertical.updateMode()).isEqualTo(mode);
    assertThat(vertical.acts()).isEqualTo(acts);
  }

  private static String comma(String spec) {
    return spec.equals("{}") ? "" : ",";
  }

  @Test
  void vertical_ofOneResource_leavesTheOther() {
    VerticalAutoscaler vertical =
        VerticalAutoscaler.read(
            json(
                """
                {'kind':'VerticalPodAutoscaler','metadata':{'name':'v'},'spec':{
                 'targetRef':{'name':'coder'},'resourcePolicy':{'containerPolicies':[
                  {'containerName':'*','controlledResources':['memory']}]}}}
                """),
            "n");

    assertThat(vertical.resources()).containsExactly("memory");
  }

  @Test
  void workload_isReadWithItsPods() {
    Workload workload =
        Workload.read(
            json(
                """
                {'kind':'Deployment','metadata':{'name':'coder','namespace':'n'},'spec':{
                 'replicas':3,'selector':{'matchLabels':{'app':'coder'},'matchExpressions':[
                   {'key':'tier','operator':'NotIn','values':['canary']}]},
                 'template':{'metadata':{'labels':{'app':'coder'}},'spec':{
                  'terminationGracePeriodSeconds':90,'containers':[
                   {'name':'a','resources':{'limits':{'cpu':2}}},{'name':'b'}]}}}}
                """),
            "");

    assertThat(workload.selector().orElseThrow().matches(Map.of("app", "coder"))).isTrue();
    assertThat(workload.selector().get().matches(Map.of("app", "coder", "tier", "canary")))
        .isFalse();
    assertThat(workload.grace()).isEqualTo(Duration.ofSeconds(90));
    assertThat(workload.containers())
        .extracting(Workload.Container::requests)
        .containsExactly(Set.of("cpu"), Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'maxReplicas':'many'                    | spec.maxReplicas                 | must be a whole number, 0 or more, was: many
          'maxReplicas':-1                        | spec.maxReplicas                 | must be a whole number, 0 or more, was: -1
          'minReplicas':1                         | spec.maxReplicas                 | must be given
          'maxReplicas':1,'metrics':{}            | spec.metrics                     | must be a list, was: a mapping
          'maxReplicas':1,'metrics':[{}]          | spec.metrics[0].type             | must be given
          'maxReplicas':1,'behavior':[]           | spec.behavior                    | must be a mapping, was: a list
          'maxReplicas':1,'behavior':{'scaleUp':{'tolerance':'x'}} | spec.behavior.scaleUp.tolerance | quantity
          """)
  void malformedHpa_isRefusedWithItsField(String spec, String field, String message) {
    assertRefused(
        HpaManifest::read,
        "{'scaleTargetRef':{'kind':'Deployment','name':'d'}," + spec + "}",
        field,
        message);
  }

  @Test
  void otherMalformedObjects_areRefusedWithTheirField() {
    assertRefused(HpaManifest::read, "{'maxReplicas':1}", "spec.scaleTargetRef.name", "given");
    assertRefused(
        DisruptionBudget::read, "{'minAvailable':'half'}", "spec.minAvailable", "was: half");
    assertRefused(
        Workload::read,
        "{'selector':{'matchExpressions':[{'key':'a','operator':'Like'}]}}",
        "spec.selector.matchExpressions[0].operator",
        "was: Like");
    assertRefused(Workload::read, "{'selector':'a=b'}", "spec.selector", "must be a mapping");
  }

  private static void assertRefused(
      BiFunction<JsonNode, String, ?> reader, String spec, String field, String message) {
    assertThatThrownBy(
            () ->
                reader.apply(json("{'kind':'K','metadata':{'name':'x'},'spec':" + spec + "}"), "n"))
        .isInstanceOfSatisfying(
            MalformedObjectException.class,
            refused -> {
              assertThat(refused.field()).isEqualTo(field);
              assertThat(refused).hasMessageContaining(message);
            });
  }
}
