// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.config;

import io.agentscale.adapter.config.AdapterConfig.ServerTls;
import io.agentscale.adapter.config.Doors.DoorTls;
import io.agentscale.adapter.config.Doors.Keda;
import io.agentscale.adapter.config.Doors.Otlp;
import io.agentscale.adapter.config.Doors.OtlpAuth;
import io.agentscale.adapter.config.Doors.OtlpLimits;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the sections of the gRPC ports; a section that is there opens its port. */
final class DoorsReader {
  private static final int PORT_MAX = 65535;
  private static final int SERIES_MAX = 1_000_000;

  /** gRPC's own default, which is more than an exporter sends. */
  private static final int MESSAGE_MAX = 4 * 1024 * 1024;

  private DoorsReader() {}

  static Doors read(YamlMapping file) {
    return new Doors(
        file.section("keda", DoorsReader::keda), file.section("otlp", DoorsReader::otlp));
  }

  private static Keda keda(YamlMapping section) {
    Keda defaults = Keda.DEFAULT;
    return new Keda(
        section.optional("listen", YamlValue::nonEmpty).orElse(defaults.listen()),
        section.optional("port", DoorsReader::port).orElse(defaults.port()),
        section.section("tls", DoorsReader::tls).orElse(defaults.tls()),
        Set.copyOf(section.list("sharedNamespaces", YamlValue::nonEmpty)));
  }

  private static Otlp otlp(YamlMapping section) {
    Otlp defaults = Otlp.DEFAULT;
    return new Otlp(
        section.optional("listen", YamlValue::nonEmpty).orElse(defaults.listen()),
        section.optional("port", DoorsReader::port).orElse(defaults.port()),
        section.section("tls", DoorsReader::tls).orElse(defaults.tls()),
        section.section("auth", DoorsReader::auth).orElse(defaults.auth()),
        section.optional("staleAfter", YamlValue::duration).orElse(defaults.staleAfter()),
        section.section("limits", DoorsReader::limits).orElse(defaults.limits()));
  }

  private static DoorTls tls(YamlMapping section) {
    boolean plaintext = section.optional("plaintext", YamlValue::bool).orElse(false);
    Optional<Path> certFile = section.optional("certFile", YamlValue::path);
    Optional<Path> keyFile = section.optional("keyFile", YamlValue::path);
    if (certFile.isPresent() != keyFile.isPresent()) {
      throw new IllegalArgumentException("certFile, keyFile: must be given together");
    }
    return new DoorTls(
        plaintext,
        certFile.map(file -> new ServerTls(file, keyFile.orElseThrow())),
        section.optional("clientCaFile", YamlValue::path));
  }

  private static OtlpAuth auth(YamlMapping section) {
    return new OtlpAuth(
        section.optional("delegated", YamlValue::bool),
        section.optional("tokenFile", YamlValue::path),
        section.map("allow", DoorsReader::namespaces));
  }

  private static List<String> namespaces(YamlValue value) {
    return value.items().stream().map(YamlValue::nonEmpty).toList();
  }

  private static OtlpLimits limits(YamlMapping section) {
    OtlpLimits defaults = OtlpLimits.DEFAULT;
    return new OtlpLimits(
        section.optional("pods", DoorsReader::count).orElse(defaults.pods()),
        section.optional("seriesPerPod", DoorsReader::count).orElse(defaults.seriesPerPod()),
        section.optional("series", DoorsReader::count).orElse(defaults.series()),
        section
            .optional("messageBytes", value -> value.integer(1024, MESSAGE_MAX))
            .orElse(defaults.messageBytes()));
  }

  private static int count(YamlValue value) {
    return value.integer(1, SERIES_MAX);
  }

  /** Zero takes any free port. */
  private static int port(YamlValue value) {
    return value.integer(0, PORT_MAX);
  }
}
