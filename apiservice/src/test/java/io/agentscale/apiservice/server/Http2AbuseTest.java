// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.apiservice.authentication.AuthenticatorChain;
import io.agentscale.apiservice.server.RawHttp2.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * HTTP/2 lets one connection ask for endless work at no cost of its own. Whoever does so must lose
 * the connection soon, and nobody else anything.
 */
final class Http2AbuseTest {
  private static final int KIB = 1024;
  private static final int FRAME = 16 * KIB;

  private final TestServer server =
      TestServer.start(
          new TestProvider(),
          new AuthenticatorChain(List.of()),
          TestServer.reading("system:anonymous"),
          config -> config);

  @AfterEach
  void othersAreStillAnswered() throws Exception {
    for (Protocol protocol : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)) {
      var client = TestServer.client(List.of(protocol, Protocol.HTTP_1_1), null);
      try (Response response = server.get(client, "/readyz")) {
        assertThat(response.code()).isEqualTo(200);
        assertThat(response.protocol()).isEqualTo(protocol);
      }
    }
    server.close();
  }

  private RawHttp2 connect() throws IOException {
    var client = TestServer.client(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), null);
    return new RawHttp2(client.sslSocketFactory(), server.server.port());
  }

  /** Sends until the server ends the connection; returns how often, or -1 if it never does. */
  private static int until(RawHttp2 connection, int most, byte[] bytes) {
    for (int i = 0; i < most; i++) {
      try {
        connection.send(bytes);
      } catch (IOException _) {
        return i;
      }
    }
    return -1;
  }

  /** Reads up to the GOAWAY; empty if the connection ended without one. */
  private static Optional<Frame> goAway(RawHttp2 connection) {
    try {
      Frame frame = connection.read();
      while (frame.type() != RawHttp2.GOAWAY) {
        frame = connection.read();
      }
      return Optional.of(frame);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static void assertEnded(RawHttp2 connection) {
    Optional<Frame> goAway = goAway(connection);
    if (goAway.isEmpty()) {
      assertThat(until(connection, 100, RawHttp2.frame(RawHttp2.PING, 0, 0, new byte[8])))
          .as("the connection has ended")
          .isNotNegative();
    }
  }

  @Test
  void request_isAnswered() throws Exception {
    try (RawHttp2 connection = connect()) {
      connection.send(
          RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, RawHttp2.get("/livez"));
      Frame frame = connection.read();
      while (frame.type() != RawHttp2.DATA) {
        frame = connection.read();
      }
      assertThat(frame.payload()).asString().isEqualTo("ok");
    }
  }

  @Test
  void endlessHeaders_endTheConnection_beforeTheyFillTheMemory() throws Exception {
    try (RawHttp2 connection = connect()) {
      connection.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.get("/livez"));
      byte[] more = RawHttp2.header("x-a", "y".repeat(FRAME - 16));
      byte[] frame = RawHttp2.frame(RawHttp2.CONTINUATION, 0, 1, more);
      int sent = until(connection, 4000, frame);
      assertThat(sent).as("frames of 16 KiB taken").isBetween(0, 3999);
    }
  }

  @Test
  void endlessEmptyContinuations_endTheConnection() throws Exception {
    try (RawHttp2 connection = connect()) {
      connection.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.get("/livez"));
      byte[] many = many(RawHttp2.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]), 1000);
      assertThat(until(connection, 2000, many)).as("thousands of frames").isNotNegative();
    }
  }

  @Test
  void settingsFlood_endsTheConnection() throws Exception {
    try (RawHttp2 connection = connect()) {
      byte[] many = many(RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]), 5000);
      var _ = until(connection, 4, many);
      assertEnded(connection);
    }
  }

  @Test
  void pingFlood_endsTheConnection() throws Exception {
    try (RawHttp2 connection = connect()) {
      byte[] many = many(RawHttp2.frame(RawHttp2.PING, 0, 0, new byte[8]), 5000);
      var _ = until(connection, 4, many);
      assertEnded(connection);
    }
  }

  @Test
  void rapidReset_endsTheConnection() throws Exception {
    try (RawHttp2 connection = connect()) {
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      for (int stream = 1; stream < 20_000; stream += 2) {
        many.writeBytes(
            RawHttp2.frame(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                stream,
                RawHttp2.get("/apis")));
        many.writeBytes(RawHttp2.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
      }
      var _ = until(connection, 1, many.toByteArray());
      assertEnded(connection);
    }
  }

  @Test
  void tooLongHeaders_areRefused_andOnlyTheirConnectionEnds() throws Exception {
    try (RawHttp2 connection = connect()) {
      connection.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.get("/livez"));
      for (int i = 0; i < 5; i++) {
        byte[] header = RawHttp2.header("x-" + i, "y".repeat(FRAME - 16));
        int flags = i == 4 ? RawHttp2.END_HEADERS : 0;
        if (until(connection, 1, RawHttp2.frame(RawHttp2.CONTINUATION, flags, 1, header)) == 0) {
          break;
        }
      }
      assertThat(refusal(connection))
          .as("HEADERS with a status, RST_STREAM, GOAWAY or the end")
          .isTrue();
    }
  }

  /** Tells whether the next answer is a refusal; 2xx would be a HEADERS frame with 0x88. */
  private static boolean refusal(RawHttp2 connection) {
    try {
      while (true) {
        Frame frame = connection.read();
        switch (frame.type()) {
          case RawHttp2.HEADERS -> {
            return (frame.payload()[0] & 0xff) != 0x88;
          }
          case RawHttp2.RST_STREAM, RawHttp2.GOAWAY -> {
            return true;
          }
          default -> {}
        }
      }
    } catch (IOException _) {
      return true;
    }
  }

  private static byte[] many(byte[] frame, int times) {
    ByteArrayOutputStream many = new ByteArrayOutputStream(frame.length * times);
    for (int i = 0; i < times; i++) {
      many.writeBytes(frame);
    }
    return many.toByteArray();
  }
}
