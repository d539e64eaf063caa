// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.config;

import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.config.AdapterConfig.Auth;
import io.agentscale.adapter.config.AdapterConfig.BasicAuth;
import io.agentscale.adapter.config.AdapterConfig.ClientTls;
import io.agentscale.adapter.config.AdapterConfig.Ops;
import io.agentscale.adapter.config.AdapterConfig.Policies;
import io.agentscale.adapter.config.AdapterConfig.Presets;
import io.agentscale.adapter.config.AdapterConfig.Prometheus;
import io.agentscale.adapter.config.AdapterConfig.Scrape;
import io.agentscale.adapter.config.AdapterConfig.Server;
import io.agentscale.adapter.config.AdapterConfig.ServerTls;
import io.agentscale.adapter.policy.live.LeaseLeadership;
import io.agentscale.adapter.policy.live.LoopSettings;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the configuration file, one method a section. */
final class AdapterConfigReader {
  private static final int PORT_MAX = 65535;

  private AdapterConfigReader() {}

  static AdapterConfig read(YamlMapping file) {
    Optional<Prometheus> prometheus = file.section("prometheus", AdapterConfigReader::prometheus);
    Map<String, Prometheus> backends =
        file.map("backends", value -> value.mapping(AdapterConfigReader::prometheus));
    Scrape scrape = file.section("scrape", AdapterConfigReader::scrape).orElse(Scrape.DEFAULT);
    Presets presets = file.section("presets", AdapterConfigReader::presets).orElse(Presets.DEFAULT);
    Optional<Path> objects = file.section("objects", AdapterConfigReader::objectsFile);
    Server server = file.section("server", AdapterConfigReader::server).orElse(Server.DEFAULT);
    Ops ops = file.section("ops", AdapterConfigReader::ops).orElse(Ops.DEFAULT);
    Doors doors = DoorsReader.read(file);
    RuleMode mode =
        file.optional("compat", YamlValue::bool).orElse(false)
            ? RuleMode.COMPATIBLE
            : RuleMode.SAFE;
    RuleSet rules = RuleSet.read(file, mode, backends.keySet());
    Policies policies =
        file.section("policies", AdapterConfigReader::policies).orElse(Policies.DEFAULT);
    return new AdapterConfig(
        prometheus, backends, scrape, presets, objects, server, ops, doors, mode, rules, policies);
  }

  private static Prometheus prometheus(YamlMapping section) {
    Optional<URI> url = section.required("url", YamlValue::httpUrl);
    Duration timeout =
        section.optional("timeout", YamlValue::duration).orElse(PrometheusConfig.DEFAULT_DEADLINE);
    Map<String, String> headers = section.map("headers", YamlValue::string);
    Optional<BasicAuth> basicAuth = section.section("basicAuth", AdapterConfigReader::basicAuth);
    Optional<Path> bearerTokenFile = section.optional("bearerTokenFile", YamlValue::path);
    ClientTls tls =
        section.section("tls", AdapterConfigReader::clientTls).orElse(ClientTls.DEFAULT);
    return new Prometheus(url.orElseThrow(), timeout, headers, basicAuth, bearerTokenFile, tls);
  }

  private static BasicAuth basicAuth(YamlMapping section) {
    Optional<String> username = section.required("username", YamlValue::nonEmpty);
    Optional<Path> passwordFile = section.required("passwordFile", YamlValue::path);
    return new BasicAuth(username.orElseThrow(), passwordFile.orElseThrow());
  }

  private static ClientTls clientTls(YamlMapping section) {
    return new ClientTls(
        section.optional("caFile", YamlValue::path),
        section.optional("certFile", YamlValue::path),
        section.optional("keyFile", YamlValue::path));
  }

  private static Scrape scrape(YamlMapping section) {
    Scrape defaults = Scrape.DEFAULT;
    Optional<Boolean> enabled = section.optional("enabled", YamlValue::bool);
    Duration interval =
        section.optional("interval", YamlValue::duration).orElse(defaults.interval());
    Duration timeout = section.optional("timeout", YamlValue::duration).orElse(defaults.timeout());
    Duration staleAfter =
        section.optional("staleAfter", YamlValue::duration).orElse(defaults.staleAfter());
    return new Scrape(enabled, interval, timeout, staleAfter);
  }

  private static Presets presets(YamlMapping section) {
    Presets defaults = Presets.DEFAULT;
    Set<String> enabled =
        section
            .optional("enabled", YamlValue::items)
            .map(items -> presetNames(section))
            .orElse(defaults.enabled());
    Duration window = section.optional("window", YamlValue::duration).orElse(defaults.window());
    String podLabel =
        section.optional("podLabel", AdapterConfigReader::label).orElse(defaults.podLabel());
    String namespaceLabel =
        section
            .optional("namespaceLabel", AdapterConfigReader::label)
            .orElse(defaults.namespaceLabel());
    return new Presets(enabled, window, podLabel, namespaceLabel);
  }

  private static Set<String> presetNames(YamlMapping section) {
    String[] known = Presets.NAMES.toArray(String[]::new);
    return new LinkedHashSet<>(section.list("enabled", item -> item.oneOf(known)));
  }

  private static String label(YamlValue value) {
    String label = value.string();
    if (!label.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
      throw new IllegalArgumentException("must be a label of Prometheus, was: " + label);
    }
    return label;
  }

  private static Path objectsFile(YamlMapping section) {
    return section.required("file", YamlValue::path).orElseThrow();
  }

  private static Server server(YamlMapping section) {
    Server defaults = Server.DEFAULT;
    String listen = section.optional("listen", YamlValue::nonEmpty).orElse(defaults.listen());
    int port = section.optional("port", AdapterConfigReader::port).orElse(defaults.port());
    Optional<ServerTls> tls = section.section("tls", AdapterConfigReader::serverTls);
    Duration requestTimeout =
        section.optional("requestTimeout", YamlValue::duration).orElse(defaults.requestTimeout());
    Auth auth = section.section("auth", AdapterConfigReader::auth).orElse(Auth.DEFAULT);
    return new Server(listen, port, tls, requestTimeout, auth);
  }

  private static ServerTls serverTls(YamlMapping section) {
    Optional<Path> certFile = section.required("certFile", YamlValue::path);
    Optional<Path> keyFile = section.required("keyFile", YamlValue::path);
    return new ServerTls(certFile.orElseThrow(), keyFile.orElseThrow());
  }

  private static Auth auth(YamlMapping section) {
    Optional<Boolean> delegated = section.optional("delegated", YamlValue::bool);
    boolean tolerateLookupFailure =
        section.optional("tolerateLookupFailure", YamlValue::bool).orElse(false);
    Optional<Path> tokenFile = section.optional("tokenFile", YamlValue::path);
    Optional<Path> clientCaFile = section.optional("clientCaFile", YamlValue::path);
    List<String> allow = section.list("allow", YamlValue::nonEmpty);
    return new Auth(delegated, tolerateLookupFailure, tokenFile, clientCaFile, allow);
  }

  private static Ops ops(YamlMapping section) {
    String listen = section.optional("listen", YamlValue::nonEmpty).orElse(Ops.DEFAULT.listen());
    int port = section.optional("port", AdapterConfigReader::port).orElse(Ops.DEFAULT.port());
    return new Ops(listen, port);
  }

  /** Zero takes any free port. */
  private static int port(YamlValue value) {
    return value.integer(0, PORT_MAX);
  }

  private static Policies policies(YamlMapping section) {
    Optional<Boolean> enabled = section.optional("enabled", YamlValue::bool);
    Optional<Path> file = section.optional("file", YamlValue::path);
    Optional<Boolean> confineQueries = section.optional("confineQueries", YamlValue::bool);
    LoopSettings usual = LoopSettings.DEFAULT;
    Duration period = section.optional("tick", YamlValue::duration).orElse(usual.period());
    Duration lead =
        section.optional("leadFallback", YamlValue::duration).orElse(usual.fallbackLead());
    Duration step =
        section.optional("forecastStep", YamlValue::duration).orElse(usual.forecastStep());
    LeaseLeadership.Place lease =
        section.section("lease", AdapterConfigReader::lease).orElse(Policies.DEFAULT.lease());
    return new Policies(
        enabled,
        file,
        confineQueries,
        new LoopSettings(period, usual.patience(), lead, step),
        lease);
  }

  private static LeaseLeadership.Place lease(YamlMapping section) {
    LeaseLeadership.Place usual = Policies.DEFAULT.lease();
    return new LeaseLeadership.Place(
        section.optional("namespace", YamlValue::nonEmpty).orElse(usual.namespace()),
        section.optional("name", YamlValue::nonEmpty).orElse(usual.name()));
  }
}
