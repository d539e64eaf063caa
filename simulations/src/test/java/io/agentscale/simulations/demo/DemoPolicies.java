// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.PolicyDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The policies that come with the program. */
final class DemoPolicies {
  private DemoPolicies() {}

  static PolicyDefinition predicting() {
    return read("demo.yaml");
  }

  static PolicyDefinition reactive() {
    return read("demo-without-prediction.yaml");
  }

  private static PolicyDefinition read(String name) {
    try (DemoFiles files = new DemoFiles()) {
      return files.writePolicy(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
