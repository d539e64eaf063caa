// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.wire.Document;
import io.agentscale.apiservice.wire.Status;

/** What is answered, before it is known in which format. */
sealed interface Reply {
  int status();

  /** A document, in the format the client asked for. */
  record OfDocument(int status, Document document) implements Reply {}

  /** Plain text. */
  record OfText(int status, String text) implements Reply {}

  static Reply ok(Document document) {
    return new OfDocument(200, document);
  }

  static Reply failed(Status status) {
    return new OfDocument(status.code(), status);
  }
}
