// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some decisions in a row of one policy, as bytes; more can be added until it is sealed. */
final class DecisionChunk {
  private final List<DecisionCode.Setting> settings = new ArrayList<>(1);
  private @Nullable DecisionCode writer = new DecisionCode();
  private byte[] bytes = new byte[0];
  private int length;
  private int size;
  private Instant begin = Instant.MAX;

  /** Returns when the first decision was made. */
  Instant begin() {
    return begin;
  }

  /** Returns how many decisions there are. */
  int size() {
    return size;
  }

  void add(DecisionInputs inputs) {
    DecisionCode code = writer;
    if (code == null) {
      throw new IllegalStateException("sealed after " + size + " decisions");
    }
    DecisionCode.Setting setting = DecisionCode.Setting.of(inputs);
    int most = DecisionCode.most(setting);
    if (bytes.length - length < most) {
      bytes = Arrays.copyOf(bytes, length + most + length / 4);
    }
    CodedOutputStream to = CodedOutputStream.newInstance(bytes, length, bytes.length - length);
    try {
      to.writeUInt32NoTag(index(setting));
      code.write(inputs, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    begin = size == 0 ? inputs.at() : begin;
    length += to.getTotalBytesWritten();
    size++;
  }

  private int index(DecisionCode.Setting setting) {
    int known = settings.lastIndexOf(setting);
    if (known >= 0) {
      return known;
    }
    settings.add(setting);
    return settings.size() - 1;
  }

  /** Lets go of what is only needed to add to it, and returns the chunk that goes on. */
  DecisionChunk seal() {
    DecisionChunk next = new DecisionChunk();
    // Mostly the very one goes on, and is then shared.
    next.settings.add(settings.getLast());
    writer = null;
    bytes = Arrays.copyOf(bytes, length);
    return next;
  }

  /** Returns the decisions, the oldest first. */
  List<DecisionInputs> decisions() {
    DecisionCode reader = new DecisionCode();
    CodedInputStream from = CodedInputStream.newInstance(bytes, 0, length);
    List<DecisionInputs> decisions = new ArrayList<>(size);
    try {
      for (int i = 0; i < size; i++) {
        decisions.add(reader.read(settings.get(from.readUInt32()), from));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return decisions;
  }
}
