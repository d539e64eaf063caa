// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.wire.ApiObject;
import io.agentscale.apiservice.wire.Document;
import io.agentscale.apiservice.wire.Status;
import io.agentscale.apiservice.wire.TaggedContent;
import java.util.Optional;

/** What is answered, before it is known in which format. */
sealed interface Reply {
  int status();

  /**
   * An object, in the format the client asked for.
   *
   * @param source what it was made of: while the same object is given for the same request, it is
   *     not rendered again
   */
  record OfObject(int status, ApiObject object, Optional<Object> source) implements Reply {}

  /** A document that is JSON for everybody. */
  record OfJson(int status, Document document) implements Reply {}

  /** Plain text. */
  record OfText(int status, String text) implements Reply {}

  /** Content that the client may already have. */
  record OfTagged(TaggedContent content) implements Reply {
    @Override
    public int status() {
      return 200;
    }
  }

  static Reply ok(ApiObject object) {
    return new OfObject(200, object, Optional.empty());
  }

  static Reply ok(ApiObject object, Object source) {
    return new OfObject(200, object, Optional.of(source));
  }

  static Reply failed(Status status) {
    return new OfObject(status.code(), status, Optional.empty());
  }
}
