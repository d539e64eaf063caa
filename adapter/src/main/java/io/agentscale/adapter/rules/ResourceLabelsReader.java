// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads which labels name which kinds of objects. */
final class ResourceLabelsReader {
  private ResourceLabelsReader() {}

  static ResourceLabels read(YamlMapping block) {
    Optional<LabelTemplate> template =
        block.optional("template", value -> LabelTemplate.parse(value.nonEmpty()));
    Map<String, GroupResource> overrides =
        block.map("overrides", value -> value.mapping(ResourceLabelsReader::groupResource));
    overrides.keySet().forEach(ResourceLabelsReader::requireLabelName);
    return new ResourceLabels(overrides, template);
  }

  private static GroupResource groupResource(YamlMapping override) {
    String group = override.optional("group", YamlValue::string).orElse("");
    Optional<String> resource = override.required("resource", YamlValue::nonEmpty);
    return new GroupResource(group, resource.orElseThrow().toLowerCase(Locale.ROOT));
  }

  private static void requireLabelName(String label) {
    if (!MetricNames.isLabel(label)) {
      throw new IllegalArgumentException(
          "overrides: keys must be labels of Prometheus, was: " + label);
    }
  }
}
