// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.Pod;
import io.agentscale.adapter.cluster.PodIndex;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods that ask to be scraped, by the annotations the world has agreed on.
 *
 * <p>{@code prometheus.io/scrape: "true"} asks for it; {@code prometheus.io/port} must name the
 * port; {@code prometheus.io/path} is {@code /metrics} and {@code prometheus.io/scheme} is {@code
 * http} where they are left out. A pod whose annotations make no sense is left out and named in the
 * log once for each distinct fault.
 */
public final class AnnotatedPods implements ScrapeTargets {
  private static final Logger log = LoggerFactory.getLogger(AnnotatedPods.class);
  private static final String PREFIX = "prometheus.io/";

  private final PodIndex pods;

  /** The fault last logged for each pod, so that each is said once. */
  private final ConcurrentMap<String, String> faults = new ConcurrentHashMap<>();

  public AnnotatedPods(PodIndex pods) {
    this.pods = pods;
  }

  @Override
  public List<ScrapeTarget> current() {
    return pods.pods().stream().flatMap(pod -> target(pod).stream()).toList();
  }

  private Optional<ScrapeTarget> target(Pod pod) {
    ClusterObject metadata = pod.metadata();
    String namespace = metadata.namespace().orElse("");
    if (!annotation(metadata, "scrape", "").toLowerCase(Locale.ROOT).equals("true")) {
      return Optional.empty();
    }
    return pod.address()
        .flatMap(address -> url(metadata, namespace + "/" + metadata.name(), address))
        .map(url -> new ScrapeTarget(namespace, metadata.name(), url));
  }

  private Optional<URI> url(ClusterObject pod, String name, String address) {
    try {
      URI url = url(pod, address);
      faults.remove(name);
      return Optional.of(url);
    } catch (IllegalArgumentException e) {
      String fault = String.valueOf(e.getMessage());
      if (!fault.equals(faults.put(name, fault))) {
        log.atWarn()
            .addKeyValue("pod", name)
            .addKeyValue("cause", fault)
            .log("Pod asks to be scraped and does not say how");
      }
      return Optional.empty();
    }
  }

  private static URI url(ClusterObject pod, String address) {
    String scheme = annotation(pod, "scheme", "http").toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(PREFIX + "scheme: must be http or https, was: " + scheme);
    }
    String path = annotation(pod, "path", "/metrics");
    String host = address.contains(":") ? "[" + address + "]" : address;
    try {
      return new URI(
          "%s://%s:%d%s%s"
              .formatted(scheme, host, port(pod), path.startsWith("/") ? "" : "/", path));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(PREFIX + "path: must be a URL path, was: " + path, e);
    }
  }

  private static int port(ClusterObject pod) {
    String port = annotation(pod, "port", "");
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException(
          PREFIX + "port: must be from 1 to 65535, was: '" + port + "'");
    }
    return Integer.parseInt(port);
  }

  private static String annotation(ClusterObject pod, String name, String absent) {
    return pod.annotations().getOrDefault(PREFIX + name, absent).strip();
  }
}
