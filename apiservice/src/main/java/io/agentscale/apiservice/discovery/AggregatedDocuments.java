// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.wire.Json;
import io.agentscale.apiservice.wire.TaggedContent;
import java.util.List;

/** The aggregated discovery documents, rendered once for each catalog. */
public final class AggregatedDocuments {
  private record Rendered(
      List<ServedGroup> groups, MetricCatalog catalog, TaggedContent v2, TaggedContent v2beta1) {}

  private volatile Rendered rendered =
      render(ServedGroup.all(false), new MetricCatalog(List.of(), List.of()));

  /** Returns the document in one version, {@code v2} or {@code v2beta1}. */
  public TaggedContent of(List<ServedGroup> groups, MetricCatalog catalog, String version) {
    Rendered present = rendered;
    if (!present.catalog().equals(catalog) || !present.groups().equals(groups)) {
      present = render(groups, catalog);
      rendered = present;
    }
    return version.equals("v2") ? present.v2() : present.v2beta1();
  }

  private static Rendered render(List<ServedGroup> groups, MetricCatalog catalog) {
    return new Rendered(
        groups, catalog, render(groups, catalog, "v2"), render(groups, catalog, "v2beta1"));
  }

  private static TaggedContent render(
      List<ServedGroup> groups, MetricCatalog catalog, String version) {
    return TaggedContent.of(
        "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList",
        Json.render(new AggregatedDiscovery(version, groups, catalog), false));
  }
}
