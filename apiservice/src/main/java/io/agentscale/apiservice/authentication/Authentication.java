// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

/** What an authenticator found out. */
public sealed interface Authentication {

  /** The credential is good. */
  record Authenticated(User user) implements Authentication {}

  /** No credential of the kind this authenticator knows: another may be asked. */
  record NotPresented() implements Authentication {}

  /**
   * A credential was presented and is bad, or cannot be checked: the request is answered 401, never
   * served as anonymous.
   *
   * @param cause for the log; never the credential itself
   */
  record Rejected(String cause) implements Authentication {}

  Authentication NOT_PRESENTED = new NotPresented();
}
