// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.actuate.ActuationMetrics;
import io.agentscale.adapter.actuate.ClusterActuator;
import io.agentscale.adapter.actuate.ClusterApi;
import io.agentscale.adapter.actuate.TargetScales;
import io.agentscale.adapter.actuate.shadow.ShadowKeeper;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.policy.PolicySource;
import io.agentscale.adapter.policy.live.LeaseLeadership;
import io.agentscale.adapter.policy.live.PodConcurrency;
import io.agentscale.adapter.policy.resource.ClusterPolicies;
import io.agentscale.adapter.policy.resource.FilePolicies;
import io.agentscale.adapter.policy.resource.PolicyEvents;
import io.agentscale.adapter.policy.resource.PolicyStatusWriter;
import io.agentscale.adapter.target.ClusterTargets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Puts together what policies of a cluster work on. */
final class ClusterPolicyParts {
  private final ClusterConnection connection;
  private final AdapterConfig.Policies config;
  private final KnownObjects known;
  private final MetricsExporter exporter;
  private final InstantSource clock;

  ClusterPolicyParts(
      ClusterConnection connection,
      AdapterConfig.Policies config,
      KnownObjects known,
      MetricsExporter exporter,
      InstantSource clock) {
    this.connection = connection;
    this.config = config;
    this.known = known;
    this.exporter = exporter;
    this.clock = clock;
  }

  /**
   * Begins to follow the cluster, and to stand for its lease.
   *
   * @param runs in flight on pods
   */
  PolicyParts start(PodConcurrency runs) {
    ControlPlane controlPlane = ControlPlane.connect(connection);
    ClusterTargets targets =
        ClusterTargets.follow(connection, controlPlane, known.kinds(), Set.of(), clock);
    ClusterApi api = ClusterApi.of(controlPlane, clock);
    ClusterActuator actuator = new ClusterActuator(api, known.kinds(), known.objects(), runs);
    exporter.show(new ActuationMetrics(actuator::figures));
    String identity = identity();
    LeaseLeadership lease = new LeaseLeadership(controlPlane, config.lease(), identity, clock);
    ClusterPolicies policies =
        ClusterPolicies.connect(connection, Set.of(), config.confinesQueries(true), clock);
    PolicyStatusWriter statuses = new PolicyStatusWriter(controlPlane, policies, clock);
    PolicyNews news =
        new PolicyNews(statuses, new PolicyEvents(controlPlane, identity, clock), lease);
    ShadowKeeper shadows = new ShadowKeeper(api, new TargetScales(api, known.kinds()));
    statuses.start();
    lease.start();
    return new PolicyParts(
        source(policies),
        targets,
        Optional.empty(),
        actuator.guard(),
        actuator,
        lease,
        new ClusterDuties(actuator, shadows, news),
        List.of(news),
        List.of(controlPlane, targets, statuses, lease));
  }

  private PolicySource source(ClusterPolicies policies) {
    return config
        .file()
        .<PolicySource>map(file -> new FilePolicies(file, Map.of()))
        .orElse(policies);
  }

  /**
   * As Kubernetes' own controllers call themselves: the machine, which is the pod, and this run.
   */
  private static String identity() {
    String machine = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("agentscale");
    return machine + "_" + UUID.randomUUID();
  }
}
