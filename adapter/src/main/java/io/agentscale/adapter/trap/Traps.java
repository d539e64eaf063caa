// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.workload.Surroundings;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All traps that can be seen from what is written down and what the cluster tells. */
public final class Traps {
  private static final List<Function<Surroundings, Stream<Finding>>> EVERYWHERE =
      List.of(
          WriterTraps::find,
          AutoscalerTraps::find,
          PolicyTraps::find,
          DemandTraps::find,
          PodTraps::find);

  private Traps() {}

  /** Returns what a running workload is in. */
  public static List<Finding> find(Surroundings surroundings) {
    return EVERYWHERE.stream().flatMap(traps -> traps.apply(surroundings)).toList();
  }

  /** Returns what a workload will be in once its manifests are applied. */
  public static List<Finding> findInManifests(Surroundings surroundings) {
    return Stream.concat(find(surroundings).stream(), WriterTraps.replicasInManifest(surroundings))
        .toList();
  }
}
