// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import java.time.InstantSource;

/**
 * The cluster's API server as actuation asks it: one question at a time, waiting for the answer.
 * Every method throws {@link io.agentscale.adapter.cluster.ControlPlaneException} if there is none
 * or a refusal.
 */
public interface ClusterApi {

  /** Returns the API server behind a control plane; while it is dead, it is asked seldom. */
  static ClusterApi of(ControlPlane controlPlane, InstantSource clock) {
    return new PatientApi(controlPlane, clock);
  }

  /** Reads the object, or the collection, at a path with its query. */
  JsonNode get(String path);

  /**
   * Owns the fields of an object, whoever else does, by server-side apply; returns all of it.
   *
   * @param object the fields; with a {@code resourceVersion}, only that one is changed
   */
  JsonNode apply(String path, ObjectNode object);

  /**
   * Changes fields of an object that exists; returns all of it.
   *
   * @param patch the fields; null removes one; with a {@code resourceVersion}, only that one is
   *     changed
   */
  JsonNode merge(String path, ObjectNode patch);
}
