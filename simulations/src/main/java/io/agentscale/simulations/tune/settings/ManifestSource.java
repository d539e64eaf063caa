// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.settings;

import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The manifests a policy of a scenario was written as.
 *
 * @param policy its name
 * @param text of the manifests; empty for a fixed count
 * @param directory what relative paths in them are relative to
 */
public record ManifestSource(String policy, Optional<String> text, Path directory) {

  /**
   * Returns those of every policy of a scenario file that has been read before, and so is known to
   * be right.
   *
   * @throws IOException if it cannot be read
   */
  public static List<ManifestSource> of(Path scenario) throws IOException {
    Path directory = YamlDocument.directory(scenario);
    return YamlDocument.read(
        scenario,
        keys -> {
          List<ManifestSource> sources =
              keys.list("policies", value -> value.mapping(policy -> read(policy, directory)));
          keys.ignoreOthers();
          return sources;
        });
  }

  private static ManifestSource read(YamlMapping keys, Path directory) {
    String name = keys.required("name", YamlValue::nonEmpty).orElseThrow();
    Optional<Path> file = keys.optional("file", YamlValue::path);
    Optional<String> inline = keys.optional("manifests", YamlValue::nonEmpty);
    keys.ignoreOthers();
    return new ManifestSource(
        name,
        file.map(ManifestSource::text).or(() -> inline),
        file.map(YamlDocument::directory).orElse(directory));
  }

  private static String text(Path file) {
    try {
      return YamlDocument.text(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }
}
