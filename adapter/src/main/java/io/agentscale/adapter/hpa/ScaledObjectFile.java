// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.hpa.Dialect;
import java.util.Collection;
import java.util.List;

/**
 * Reads the ScaledObjects of a YAML text of any number of documents; objects of other kinds are
 * passed over.
 */
public final class ScaledObjectFile {
  private ScaledObjectFile() {}

  /**
   * Reads a text.
   *
   * @param file the name to report problems under
   * @param policies those that triggers may ask for
   * @throws InvalidInputException for the first field that KEDA or the API server would refuse, or
   *     that is not understood here
   */
  public static List<ScaledObject> parse(
      String file, String text, Dialect dialect, Collection<PolicyDefinition> policies) {
    ScaledObjectReader reader = new ScaledObjectReader(dialect, new TriggerSection(policies));
    return new YamlInput(file)
        .readAll(text, ScaledObjectReader.KIND).stream().map(reader::read).toList();
  }
}
