// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.Targets;
import java.util.function.BooleanSupplier;

/**
 * What the loop works with.
 *
 * @param targets the workloads
 * @param demand what there is to do
 * @param backfill what there was to do
 * @param guard what runs in flight still need
 * @param actuator writes to the cluster
 * @param leadership whether it may
 * @param duties what else the leader does
 * @param allTold whether all policies there are were told of
 */
public record LoopParts(
    Targets targets,
    DemandReader demand,
    Backfill backfill,
    ScaleInGuard guard,
    Actuator actuator,
    Leadership leadership,
    LeaderDuties duties,
    BooleanSupplier allTold) {}
