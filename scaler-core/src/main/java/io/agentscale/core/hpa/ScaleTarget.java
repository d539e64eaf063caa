// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/**
 * What an HPA scales: {@code spec.scaleTargetRef}.
 *
 * @param apiVersion {@code group/version} or {@code version}; may be empty
 * @param kind such as Deployment
 * @param name of the object, in the HPA's namespace
 */
public record ScaleTarget(String apiVersion, String kind, String name) {

  /** Tells whether the version has more than a group and a version, which no API has. */
  boolean hasMalformedVersion() {
    return apiVersion.indexOf('/') != apiVersion.lastIndexOf('/');
  }
}
