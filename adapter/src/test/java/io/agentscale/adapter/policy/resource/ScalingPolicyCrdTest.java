// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A definition that lags behind the types makes the API server drop fields without a word. */
final class ScalingPolicyCrdTest {
  private static final Path FILE = Path.of("..", "deploy", "crds", "scalingpolicies.yaml");
  private static final String WRITE = "agentscale.crd.write";

  @Test
  void shippedDefinition_isThatOfTheTypes() throws IOException {
    String generated = GeneratedCrd.text();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(FILE, generated);
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("%s: write it anew by running this test with -D%s=true", FILE, WRITE)
        .isEqualTo(generated);
  }
}
