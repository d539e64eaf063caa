// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Only numbers and types of fields are on the wire, and KEDAs of several years read them: the bytes
 * here are written and read by hand, after KEDA's contract, not by our own generated code.
 */
final class WireTest {
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
          return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private Keda keda;

  @BeforeEach
  void open() throws IOException {
    keda = new Keda();
    keda.board.post(
        TestPolicy.named("coder")
            .perReplica("2500m")
            .fromZero("0", Duration.ofMinutes(1))
            .known("7100m", 1, keda.clock.instant()));
  }

  @AfterEach
  void close() {
    keda.close();
  }

  private byte[] call(String method, byte[] request) {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder(BYTES, BYTES)
            .setType(MethodType.UNARY)
            .setFullMethodName("externalscaler.ExternalScaler/" + method)
            .build();
    return ClientCalls.blockingUnaryCall(keda.channel, descriptor, CallOptions.DEFAULT, request);
  }

  /** {@code ScaledObjectRef}: name 1, namespace 2, scalerMetadata 3. */
  private static byte[] ref(Map<String, String> metadata) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, "coder");
    out.writeString(2, "agents");
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      var pair = new ByteArrayOutputStream();
      var pairOut = CodedOutputStream.newInstance(pair);
      pairOut.writeString(1, entry.getKey());
      pairOut.writeString(2, entry.getValue());
      pairOut.flush();
      out.writeByteArray(3, pair.toByteArray());
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] policyRef() throws IOException {
    return ref(Map.of("policy", "coder"));
  }

  /** {@code GetMetricsRequest}: scaledObjectRef 1, metricName 2. */
  private static byte[] question(byte[] ref, String metricName) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(1, ref);
    out.writeString(2, metricName);
    out.flush();
    return bytes.toByteArray();
  }

  /** The one submessage of an answer's field 1: name 1, integer 2, float 3. */
  private record Amount(String name, long whole, double fraction) {
    static Amount in(byte[] answer) throws IOException {
      CodedInputStream outer = CodedInputStream.newInstance(answer);
      assertThat(outer.readTag()).isEqualTo((1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED);
      CodedInputStream inner = CodedInputStream.newInstance(outer.readByteArray());
      assertThat(outer.isAtEnd()).as("exactly one").isTrue();
      String name = "";
      long whole = 0;
      double fraction = 0;
      while (!inner.isAtEnd()) {
        int tag = inner.readTag();
        switch (tag) {
          case (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> name = inner.readString();
          case (2 << 3) | WireFormat.WIRETYPE_VARINT -> whole = inner.readInt64();
          case (3 << 3) | WireFormat.WIRETYPE_FIXED64 -> fraction = inner.readDouble();
          default -> throw new AssertionError("a field KEDA does not know: " + tag);
        }
      }
      return new Amount(name, whole, fraction);
    }
  }

  @Test
  void spec_hasIntegerAndDouble_whereEachKedaLooks() throws IOException {
    assertThat(Amount.in(call("GetMetricSpec", policyRef())))
        .isEqualTo(new Amount("agentscale-coder", 3, 2.5));
  }

  @Test
  void value_hasIntegerAndDouble_whereEachKedaLooks() throws IOException {
    assertThat(Amount.in(call("GetMetrics", question(policyRef(), "agentscale-coder"))))
        .isEqualTo(new Amount("agentscale-coder", 8, 7.1));
  }

  @Test
  void isActive_isABoolInFieldOne() throws IOException {
    assertThat(call("IsActive", policyRef())).containsExactly(1 << 3, 1);
  }

  @Test
  void fieldsOfALaterKeda_arePassedOver() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(policyRef());
    var out = CodedOutputStream.newInstance(bytes);
    out.writeString(15, "from the future");
    out.writeFixed64(16, 1);
    out.flush();

    assertThat(call("IsActive", bytes.toByteArray())).containsExactly(1 << 3, 1);
  }

  @Test
  void malformed_isRefused_andTheNextCallIsAnswered() throws IOException {
    List<byte[]> malformed = new ArrayList<>();
    malformed.add(new byte[] {0x0a, 0x7f, 1});
    malformed.add("{\"name\":\"coder\"}".getBytes(UTF_8));
    malformed.add(new byte[] {0x1a, 0x02, 0x0a, (byte) 0xff});

    for (byte[] bytes : malformed) {
      Status status = Keda.refused(() -> call("IsActive", bytes));
      assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(call("IsActive", policyRef())).containsExactly(1 << 3, 1);
  }

  @Test
  void oversized_isRefused_andTheNextCallIsAnswered() throws IOException {
    byte[] huge = ref(Map.of("policy", "x".repeat(200_000)));

    Status status = Keda.refused(() -> call("IsActive", huge));

    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(call("IsActive", policyRef())).containsExactly(1 << 3, 1);
  }

  @Test
  void callThatNeverSendsItsQuestion_isEnded() {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder(BYTES, BYTES)
            // Alike on the wire; a client of a unary call holds the headers back.
            .setType(MethodType.BIDI_STREAMING)
            .setFullMethodName("externalscaler.ExternalScaler/IsActive")
            .build();
    Heard<byte[]> heard = new Heard<>();
    var call = keda.channel.newCall(descriptor, CallOptions.DEFAULT);
    ClientCalls.asyncBidiStreamingCall(call, heard);

    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard.ended().isPresent());
    assertThat(heard.ended().orElseThrow().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }
}
