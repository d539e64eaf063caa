// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter;

import picocli.CommandLine.IVersionProvider;

/** The version this build carries, as its jar's manifest says. */
public final class Version implements IVersionProvider {
  private static final String UNPACKED = "development";

  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? UNPACKED : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"agentscale " + text()};
  }
}
