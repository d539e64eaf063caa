// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Writes protocol buffer fields as the Kubernetes generators do: a required string is written even
 * when it is empty, a message before its end is known.
 */
public final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  ProtobufWriter() {}

  /** Renders an object inside Kubernetes' envelope, {@code runtime.Unknown}. */
  public static byte[] render(ApiObject object) {
    var envelope = new ProtobufWriter();
    envelope.bytes.writeBytes(MAGIC);
    envelope.message(
        1,
        type -> {
          type.string(1, object.apiVersion());
          type.string(2, object.kind());
        });
    envelope.message(2, object::writeProtobuf);
    envelope.string(3, "");
    envelope.string(4, "");
    return envelope.bytes.toByteArray();
  }

  /** Writes a string field. */
  public void string(int field, String value) {
    delimited(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a whole number or truth value. */
  public void number(int field, long value) {
    varint(((long) field << 3) | VARINT);
    varint(value);
  }

  /** Writes a nested message. */
  public void message(int field, Consumer<ProtobufWriter> content) {
    var nested = new ProtobufWriter();
    content.accept(nested);
    delimited(field, nested.bytes.toByteArray());
  }

  /** Writes the empty {@code ListMeta} every list begins with. */
  void listMeta(int field) {
    message(
        field,
        meta -> {
          meta.string(1, "");
          meta.string(2, "");
          meta.string(3, "");
        });
  }

  /** Writes a moment in whole seconds. */
  void time(int field, Instant at) {
    message(
        field,
        time -> {
          time.number(1, at.getEpochSecond());
          time.number(2, 0);
        });
  }

  private void delimited(int field, byte[] content) {
    varint(((long) field << 3) | LENGTH_DELIMITED);
    varint(content.length);
    bytes.writeBytes(content);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
