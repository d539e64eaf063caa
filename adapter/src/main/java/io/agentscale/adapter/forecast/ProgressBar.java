// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.io.Console;
import java.io.PrintWriter;

/** A bar on a terminal that fills as work is done; nothing at all elsewhere. */
public final class ProgressBar {
  private static final int WIDTH = 40;

  private final PrintWriter err;
  private final boolean isShown;
  private final int total;
  private int drawn = -1;

  /**
   * Makes a bar.
   *
   * @param total what counts as done
   */
  public ProgressBar(PrintWriter err, int total) {
    this.err = err;
    this.total = total;
    // Error Prone takes it for never null, which JDK 25 made wrong again.
    @SuppressWarnings("SystemConsoleNull")
    Console console = System.console();
    this.isShown = console != null && console.isTerminal();
  }

  /** Shows that so much is done. */
  public void reached(int done) {
    int filled = (int) ((long) done * WIDTH / total);
    if (!isShown || filled == drawn) {
      return;
    }
    drawn = filled;
    err.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]");
    err.flush();
  }

  /** Wipes the bar away. */
  public void close() {
    if (isShown) {
      err.print("\r" + " ".repeat(WIDTH + 2) + "\r");
      err.flush();
    }
  }
}
