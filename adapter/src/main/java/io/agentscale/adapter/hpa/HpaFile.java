// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSpec;
import java.util.List;

/**
 * Reads the HorizontalPodAutoscalers of a YAML text of any number of documents; objects of other
 * kinds are passed over.
 */
public final class HpaFile {
  private HpaFile() {}

  /**
   * Reads a text.
   *
   * @param file the name to report problems under
   * @throws InvalidInputException for the first field that the API server would refuse
   */
  public static List<HpaSpec> parse(String file, String text, Dialect dialect) {
    ManifestReader reader = new ManifestReader(dialect);
    return new YamlInput(file)
        .readAll(text, ManifestReader.KIND).stream().map(reader::read).toList();
  }
}
