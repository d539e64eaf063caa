// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A document of a Kubernetes API. */
public interface Document {

  /** Writes the document as one JSON object. */
  void writeJson(JsonGenerator json) throws IOException;
}
