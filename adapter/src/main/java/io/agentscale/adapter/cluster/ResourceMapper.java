// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.apiservice.provider.GroupResource;
import java.util.Optional;

/** Knows the kinds of objects that exist, as Kubernetes' RESTMapper does. */
public interface ResourceMapper {

  /**
   * Finds a kind by a plural or singular name, case-insensitively, with or without its group; the
   * core group wins over others when the group is left out.
   */
  Optional<ResourceKind> resolve(GroupResource resource);

  /** Returns a mapper of commonly used kinds, for where no cluster can be asked. */
  static ResourceMapper wellKnown() {
    return WellKnownKinds.ALL;
  }
}
