// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** How a call failed below HTTP, in words a person can act on. */
public enum TransportFailure {
  /** Nobody answered at that address, or not as somebody we trust. */
  UNREACHABLE,
  /** The deadline passed. */
  TIMEOUT,
  /** The answer began or was awaited, and the connection ended. */
  CUT;

  public static TransportFailure of(IOException failure) {
    return switch (failure) {
      case InterruptedIOException e -> TIMEOUT;
      case ConnectException e -> UNREACHABLE;
      case UnknownHostException e -> UNREACHABLE;
      case NoRouteToHostException e -> UNREACHABLE;
      case SSLException e -> UNREACHABLE;
      default -> CUT;
    };
  }

  /** Says what happened, in words that can follow the name of the other side and a colon. */
  public static String describe(IOException failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    return switch (failure) {
      case InterruptedIOException e ->
          e instanceof DeadlineException ? message : "timed out (" + message + ")";
      case UnknownHostException e -> "its host name is not known (" + message + ")";
      case ConnectException e -> "could not connect (" + message + ")";
      case NoRouteToHostException e -> "could not connect (" + message + ")";
      case SSLException e -> "no trusted TLS connection (" + message + ")";
      default -> "the connection was cut before the answer was complete (" + message + ")";
    };
  }
}
