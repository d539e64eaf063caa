// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/**
 * Asks the API server for nothing but the metadata of what is listed and watched, which for pods is
 * a tenth of the bytes. The client has no call for that form, so it is asked for in the header.
 *
 * <p>A server that cannot (one behind an aggregated API) answers with whole objects: the plain type
 * is accepted too.
 */
final class MetadataOnly implements Interceptor {
  static final String LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
  static final String WATCH =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    builder.setHeader("Accept", isWatch(request) ? WATCH : LIST);
  }

  private static boolean isWatch(HttpRequest request) {
    String query = request.uri().getQuery();
    return query != null && query.contains("watch=true");
  }
}
