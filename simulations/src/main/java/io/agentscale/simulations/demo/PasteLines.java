// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.net.URI;
import java.util.List;

/**
 * Commands to paste into another terminal, which ask the demo's adapter what an HPA would ask.
 *
 * @param pod the name to ask for where one is asked for
 */
record PasteLines(DemoAdapter adapter, String pod) {
  List<String> lines() {
    return List.of(
        "Why it decides as it does: " + adapter.operations().resolve("/explain"),
        "Its dashboard:             " + adapter.operations().resolve("/dashboard"),
        "Both metrics APIs are served at " + adapter.server() + "; ask them from another terminal:",
        "",
        "# one pod by name",
        kubectl(MetricPaths.ofPod(pod, DemoMetric.CONCURRENCY)),
        curl(MetricPaths.ofPod(pod, DemoMetric.CONCURRENCY)),
        "# all pods of a selector",
        kubectl(MetricPaths.ofAllPods(DemoMetric.TOKENS_PER_MINUTE)),
        curl(MetricPaths.ofAllPods(DemoMetric.TOKENS_PER_MINUTE)),
        "# the whole namespace, as an external metric",
        kubectl(MetricPaths.external(DemoMetric.QUEUE_DEPTH)),
        curl(MetricPaths.external(DemoMetric.QUEUE_DEPTH)));
  }

  private String kubectl(URI path) {
    return "kubectl --server %s --certificate-authority %s --token %s get --raw '%s'"
        .formatted(adapter.server(), adapter.certificateAuthority(), adapter.token(), path);
  }

  private String curl(URI path) {
    return "curl --cacert %s -H 'Authorization: Bearer %s' '%s'"
        .formatted(adapter.certificateAuthority(), adapter.token(), adapter.server().resolve(path));
  }
}
