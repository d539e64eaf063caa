// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import java.util.Optional;

/**
 * The object a value describes.
 *
 * @param apiVersion such as {@code v1} or {@code apps/v1}
 * @param kind such as {@code Pod}
 * @param namespace absent for cluster-scoped objects
 * @param name the object's name
 */
public record ObjectReference(
    String apiVersion, String kind, Optional<String> namespace, String name) {}
