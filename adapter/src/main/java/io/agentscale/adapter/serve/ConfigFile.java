// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The configuration file, and what the command line sets over it.
 *
 * @param path of the file, which may be replaced as a whole while the service runs
 * @param overrides of the command line
 */
public record ConfigFile(Path path, UnaryOperator<AdapterConfig> overrides) {

  /**
   * Returns what the file says at present.
   *
   * @throws IOException if it cannot be read
   */
  String text() throws IOException {
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new IOException(path + ": must be UTF-8 text", e);
    }
  }

  /**
   * Reads a text as that of the file.
   *
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem of the text
   */
  AdapterConfig parse(String text) {
    Path directory = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    return overrides.apply(AdapterConfig.parse(path.toString(), directory, text));
  }
}
