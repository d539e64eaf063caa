// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A remembered answer that outlives a change scales on pods that are gone. */
final class ObjectTableTest {
  private static final LabelSelector CODERS = LabelSelector.parse("app=coder");

  private final ObjectTable table = new ObjectTable();

  @Test
  void select_sameQuestion_isAnsweredFromMemoryUntilItsNamespaceChanges() {
    table.put(object("n", "a", "coder"));
    List<ClusterObject> first = select(CODERS);

    table.put(object("n", "a", "coder"));
    table.put(object("other", "b", "coder"));
    assertThat(select(CODERS)).isSameAs(first);

    table.put(object("n", "b", "coder"));
    assertThat(select(CODERS)).extracting(ClusterObject::name).containsExactly("a", "b");
    table.put(object("n", "a", "writer"));
    assertThat(select(CODERS)).extracting(ClusterObject::name).containsExactly("b");
    table.remove(Optional.of("n"), "b");
    assertThat(select(CODERS)).isEmpty();
  }

  @Test
  void select_allNamespaces_isOrderedByNamespaceAndName() {
    table.put(object("z", "a", "x"));
    table.put(object("b", "c", "x"));
    table.put(object("b", "a", "x"));
    assertThat(table.select(Optional.empty(), LabelSelector.EVERYTHING))
        .extracting(object -> object.namespace().orElseThrow() + "/" + object.name())
        .containsExactly("b/a", "b/c", "z/a");
  }

  @Test
  void select_moreQuestionsThanAreRemembered_staysRight() {
    table.put(object("n", "a", "coder"));
    for (int i = 0; i < 1000; i++) {
      assertThat(select(LabelSelector.parse("app!=x" + i))).hasSize(1);
    }
    assertThat(select(CODERS)).hasSize(1);
  }

  private List<ClusterObject> select(LabelSelector selector) {
    return table.select(Optional.of("n"), selector);
  }

  private static ClusterObject object(String namespace, String name, String app) {
    return new ClusterObject(Optional.of(namespace), name, Map.of("app", app), Map.of());
  }
}
