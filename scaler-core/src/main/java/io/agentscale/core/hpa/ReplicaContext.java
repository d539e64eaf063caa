// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.ScaleReading.Scale;
import java.time.Instant;

/**
 * What the formulas of one reconciliation share.
 *
 * @param settings of the controller
 * @param tolerance of this HPA
 * @param namespace of the HPA
 * @param scale of the target
 * @param pods of the namespace
 * @param now the time of the reconciliation
 */
record ReplicaContext(
    HpaSettings settings,
    ToleranceBand tolerance,
    String namespace,
    Scale scale,
    TargetPods pods,
    Instant now) {}
