// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.apiservice.provider.GroupResource;

/**
 * A kind of object.
 *
 * @param resource the qualified lower-case plural, such as {@code deployments.apps}
 * @param singular the lower-case singular, such as {@code deployment}
 * @param apiVersion such as {@code v1} or {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param namespaced whether its objects live in a namespace
 */
public record ResourceKind(
    GroupResource resource, String singular, String apiVersion, String kind, boolean namespaced) {}
