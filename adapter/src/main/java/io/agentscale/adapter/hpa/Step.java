// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.Observation;

/**
 * One reconciliation of a scenario.
 *
 * @param spec in force at it
 * @param micros its time
 * @param specReplicas what the scale asks for
 * @param statusReplicas how many there are
 * @param podCount how many pods are listed
 * @param observation what the controller sees
 */
record Step(
    HpaSpec spec,
    long micros,
    int specReplicas,
    int statusReplicas,
    long podCount,
    Observation observation) {}
