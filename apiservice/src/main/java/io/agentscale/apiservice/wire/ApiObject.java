// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

/**
 * A document with a kind and version, which clients may ask for in any format; other documents are
 * JSON for everybody.
 */
public interface ApiObject extends Document {

  /** Group and version of the document itself, such as {@code v1}. */
  String apiVersion();

  String kind();

  /** Writes the fields, numbered as in the type's {@code generated.proto}. */
  void writeProtobuf(ProtobufWriter out);
}
