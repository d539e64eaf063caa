// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

/** What values of a policy look like, for the API server to refuse others at once. */
final class SpecForm {
  static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  /** {@link io.agentscale.core.schedule.Spans}: days, hours, minutes, seconds. */
  static final String SPAN = "^([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$";

  static final String SPAN_OR_AUTO =
      "^(Auto|([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?)$";

  /** A quantity of Kubernetes that is not negative. */
  static final String QUANTITY =
      "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)?$";

  static final String QUANTITY_OR_PERCENT =
      "^([0-9]{1,4}%|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)?)$";

  static final int SPAN_LENGTH = 28;
  static final int NAME_LENGTH = 253;
  static final int LABEL_LENGTH = 63;
  static final int QUERY_LENGTH = 8192;
  static final int SCHEDULES = 64;
  static final int EXCLUSIONS = 128;
  static final int REPLICAS = 1_000_000;

  private SpecForm() {}
}
