// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** State as big-endian bytes. */
final class ByteArchive {
  private ByteArchive() {}

  /** Counts the bytes a state needs. */
  static final class Size implements Archive {
    private int bytes;

    int bytes() {
      return bytes;
    }

    @Override
    public long of(long value) {
      bytes += Long.BYTES;
      return value;
    }

    @Override
    public double of(double value) {
      bytes += Double.BYTES;
      return value;
    }

    @Override
    public void of(double[] values) {
      bytes += Double.BYTES * values.length;
    }

    @Override
    public void of(float[] values) {
      bytes += Float.BYTES * values.length;
    }

    @Override
    public void of(long[] values) {
      bytes += Long.BYTES * values.length;
    }

    @Override
    public void of(short[] values) {
      bytes += Short.BYTES * values.length;
    }

    @Override
    public void of(byte[] values) {
      bytes += values.length;
    }
  }

  /** Saves. */
  record Save(ByteBuffer to) implements Archive {
    @Override
    public long of(long value) {
      to.putLong(value);
      return value;
    }

    @Override
    public double of(double value) {
      to.putDouble(value);
      return value;
    }

    @Override
    public void of(double[] values) {
      to.asDoubleBuffer().put(values);
      to.position(to.position() + Double.BYTES * values.length);
    }

    @Override
    public void of(float[] values) {
      to.asFloatBuffer().put(values);
      to.position(to.position() + Float.BYTES * values.length);
    }

    @Override
    public void of(long[] values) {
      to.asLongBuffer().put(values);
      to.position(to.position() + Long.BYTES * values.length);
    }

    @Override
    public void of(short[] values) {
      to.asShortBuffer().put(values);
      to.position(to.position() + Short.BYTES * values.length);
    }

    @Override
    public void of(byte[] values) {
      to.put(values);
    }
  }

  /** Restores; bytes that end too soon raise {@link BufferUnderflowException}. */
  record Restore(ByteBuffer from) implements Archive {
    @Override
    public long of(long value) {
      return from.getLong();
    }

    @Override
    public double of(double value) {
      return from.getDouble();
    }

    @Override
    public void of(double[] values) {
      from.asDoubleBuffer().get(values);
      from.position(from.position() + Double.BYTES * values.length);
    }

    @Override
    public void of(float[] values) {
      from.asFloatBuffer().get(values);
      from.position(from.position() + Float.BYTES * values.length);
    }

    @Override
    public void of(long[] values) {
      from.asLongBuffer().get(values);
      from.position(from.position() + Long.BYTES * values.length);
    }

    @Override
    public void of(short[] values) {
      from.asShortBuffer().get(values);
      from.position(from.position() + Short.BYTES * values.length);
    }

    @Override
    public void of(byte[] values) {
      from.get(values);
    }
  }
}
