// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which labels of a series name which kinds of objects.
 *
 * @param overrides by label, in the order written; they go before the template
 * @param template for the other labels
 */
public record ResourceLabels(
    Map<String, GroupResource> overrides, Optional<LabelTemplate> template) {
  static final ResourceLabels NONE = new ResourceLabels(Map.of(), Optional.empty());
  static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  public ResourceLabels {
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
  }

  /** Returns the kind that a label names, if it names one that exists. */
  public Optional<ResourceKind> kindOf(String label, ResourceMapper mapper) {
    GroupResource override = overrides.get(label);
    return Optional.ofNullable(override)
        .or(() -> template.flatMap(t -> t.resourceOf(label)))
        .flatMap(mapper::resolve);
  }

  /** Returns the label that names objects of a kind; of several, the first written. */
  public Optional<String> labelOf(ResourceKind kind, ResourceMapper mapper) {
    for (Map.Entry<String, GroupResource> override : overrides.entrySet()) {
      if (mapper.resolve(override.getValue()).filter(kind::equals).isPresent()) {
        return Optional.of(override.getKey());
      }
    }
    return template.map(t -> t.labelOf(kind));
  }

  /** Returns the label that names namespaces. */
  public Optional<String> namespaceLabel(ResourceMapper mapper) {
    return mapper.resolve(NAMESPACES).flatMap(kind -> labelOf(kind, mapper));
  }
}
