// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** An HTTP/2 connection whose frames are written by hand, so that they may be wrong. */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final SSLSocket socket;
  private final OutputStream out;
  private final DataInputStream in;

  /** A frame as it arrived. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Frame(int type, int flags, int stream, byte[] payload) {}

  RawHttp2(SSLSocketFactory factory, int port) throws IOException {
    socket = (SSLSocket) factory.createSocket("127.0.0.1", port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(10_000);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
    out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    send(SETTINGS, 0, 0, new byte[0]);
  }

  void send(int type, int flags, int stream, byte[] payload) throws IOException {
    out.write(frame(type, flags, stream, payload));
    out.flush();
  }

  /** Returns a frame's bytes, to be sent many at once. */
  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(9 + payload.length);
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.write(stream >> 24);
    frame.write(stream >> 16);
    frame.write(stream >> 8);
    frame.write(stream);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  void send(byte[] frames) throws IOException {
    out.write(frames);
    out.flush();
  }

  /** Returns the compressed headers of a GET, by HPACK's static table. */
  static byte[] get(String path) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x82);
    block.write(0x87);
    block.write(0x04);
    text(block, path);
    block.write(0x01);
    text(block, "localhost");
    return block.toByteArray();
  }

  /** Returns a header that is compressed as little as can be. */
  static byte[] header(String name, String value) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0);
    text(block, name);
    text(block, value);
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    int length = text.length();
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      for (length -= 127; length >= 128; length >>= 7) {
        block.write((length & 127) | 128);
      }
      block.write(length);
    }
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads the next frame; fails when the connection has ended. */
  Frame read() throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, stream, payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
