// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What others prove with this stand-in is worth what it shares with Kubernetes: the cases are those
 * of its documentation of server-side apply.
 */
final class ManagedFieldsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ManagedFields USER = by("kubectl");
  private static final ManagedFields OURS = by("agentscale");

  private static ManagedFields by(String manager) {
    return new ManagedFields(manager, "2026-01-01T00:00:00Z", "");
  }

  private static ObjectNode object() {
    ObjectNode object = json("{'spec':{'min':2,'max':20}}");
    USER.own(object);
    return object;
  }

  @Test
  void apply_ofAnotherValue_conflicts_unlessForced() {
    ObjectNode ours = json("{'spec':{'min':6}}");
    assertThatThrownBy(() -> OURS.apply(object(), ours, false))
        .isInstanceOf(ManagedFields.ConflictException.class)
        .hasMessageContaining(".spec.min");

    ObjectNode forced = OURS.apply(object(), ours, true);
    assertThat(forced.path("spec")).isEqualTo(json("{'min':6,'max':20}"));
    assertThat(owners(forced, "min")).containsExactly("agentscale Apply");
    assertThat(owners(forced, "max")).containsExactly("kubectl Update");
  }

  @Test
  void apply_ofTheSameValue_isShared_andStaysWhenOneLetsGo() {
    ObjectNode shared = OURS.apply(object(), json("{'spec':{'min':2}}"), false);
    assertThat(owners(shared, "min")).containsExactly("agentscale Apply", "kubectl Update");

    ObjectNode left = OURS.apply(shared, json("{'spec':{}}"), false);
    assertThat(left.path("spec")).isEqualTo(json("{'min':2,'max':20}"));
    assertThat(owners(left, "min")).containsExactly("kubectl Update");
  }

  @Test
  void apply_toWhatNobodyOwns_leavesItsFieldsToOthers() {
    ObjectNode applied = OURS.apply(json("{'spec':{'max':20}}"), json("{'spec':{'min':6}}"), false);
    assertThat(owners(applied, "max")).containsExactly("before-first-apply Update");
    assertThat(owners(applied, "min")).containsExactly("agentscale Apply");
  }

  @Test
  void apply_removesWhatItNamesNoMore_ifNobodyElseOwnsIt() {
    ObjectNode named = OURS.apply(object(), json("{'spec':{'min':6,'step':1}}"), true);
    ObjectNode left = OURS.apply(named, json("{'spec':{'step':1}}"), false);
    assertThat(left.path("spec")).isEqualTo(json("{'max':20,'step':1}"));
  }

  @Test
  void apply_ofWhatIsThere_changesNothing() {
    ObjectNode once = OURS.apply(object(), json("{'spec':{'min':6}}"), true);
    ManagedFields later = new ManagedFields("agentscale", "2026-01-02T00:00:00Z", "");
    assertThat(later.apply(once, json("{'spec':{'min':6}}"), true)).isEqualTo(once);
  }

  @Test
  void merge_takesWhatItChanges_andNullRemoves() {
    ObjectNode ours = OURS.apply(object(), json("{'spec':{'min':6}}"), true);
    ObjectNode edited = USER.merge(ours, json("{'spec':{'min':3,'max':null}}"));
    assertThat(edited.path("spec")).isEqualTo(json("{'min':3}"));
    assertThat(owners(edited, "min")).containsExactly("kubectl Update");
    assertThat(owners(edited, "max")).isEmpty();
  }

  @Test
  void merge_ofTheOwnersThemselves_replacesThem_andOneEmptyEntryMeansNone() {
    ObjectNode ours = OURS.apply(object(), json("{'spec':{'min':6}}"), true);
    ObjectNode none = OURS.merge(ours, json("{'metadata':{'managedFields':[{}]}}"));
    assertThat(none.at("/metadata/managedFields")).isEmpty();
    ObjectNode same = OURS.merge(ours, json("{'metadata':{'managedFields':[]}}"));
    assertThat(same).isEqualTo(ours);
  }

  @Test
  void status_isOwnedApartFromTheRest() {
    ManagedFields status = new ManagedFields("agentscale", "2026-01-01T00:00:00Z", "status");
    ObjectNode both = json("{'spec':{'min':6},'status':{'ready':true}}");
    ObjectNode told = status.apply(object(), both, false);
    assertThat(told.path("spec").path("min").asInt()).as("not of this resource").isEqualTo(2);
    assertThat(told.path("status")).isEqualTo(json("{'ready':true}"));
    assertThat(OURS.apply(told, json("{'spec':{}}"), false).path("status"))
        .isEqualTo(json("{'ready':true}"));
  }

  private static Set<String> owners(ObjectNode object, String field) {
    Set<String> owners = new TreeSet<>();
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (entry.at("/fieldsV1/f:spec").has("f:" + field)) {
        owners.add(entry.path("manager").asText() + " " + entry.path("operation").asText());
      }
    }
    return owners;
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
