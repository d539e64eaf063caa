// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The resource definition as the Java types say it. */
final class GeneratedCrd {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HEADER =
      """
      # SPDX-License-Identifier: Apache-2.0
      # Generated from io.agentscale.adapter.policy.resource.ScalingPolicy by ScalingPolicyCrdTest.
      """;

  private GeneratedCrd() {}

  static JsonNode tree() {
    String yaml = generated();
    JsonNode crd = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    ObjectNode schema = (ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema");
    // The generator has no annotation for these. A list of named things is merged by name, and the
    // API server refuses two of one name.
    listByKey(schema.at("/properties/spec/properties/schedules"), "name");
    listByKey(schema.at("/properties/status/properties/conditions"), "type");
    schema.putArray("required").add("spec");
    inOrder((ArrayNode) crd.at("/spec/versions/0/additionalPrinterColumns"));
    return crd;
  }

  private static String generated() {
    try {
      Path directory = Files.createTempDirectory("crd");
      new CRDGenerator()
          .customResourceClasses(ScalingPolicy.class)
          .forCRDVersions("v1")
          .inOutputDir(directory.toFile())
          .generate();
      Path file = directory.resolve("scalingpolicies.agentscale.io-v1.yml");
      String yaml = Files.readString(file);
      Files.delete(file);
      Files.delete(directory);
      return yaml;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The generator sorts columns by their paths; people read them in the order of the type. */
  private static void inOrder(ArrayNode columns) {
    Map<String, JsonNode> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.path("name").asText(), column));
    columns.removeAll();
    for (var column : ScalingPolicy.class.getAnnotationsByType(AdditionalPrinterColumn.class)) {
      columns.add(byName.get(column.name()));
    }
  }

  private static void listByKey(JsonNode list, String key) {
    ((ObjectNode) list)
        .put("x-kubernetes-list-type", "map")
        .putArray("x-kubernetes-list-map-keys")
        .add(key);
  }

  static String text() {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(120).build();
    return HEADER + new Dump(settings).dumpToString(JSON.convertValue(tree(), LinkedHashMap.class));
  }
}
