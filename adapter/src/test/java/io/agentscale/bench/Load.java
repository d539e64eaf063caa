// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Asks a server over TLS 1.3 and HTTP/1.1, each connection one question after the other, kept
 * alive; as cheaply as can be, since it shares the cores with the server.
 */
final class Load {
  private final SSLContext tls;
  private final int port;
  private final String headers;
  private final Pace pace;

  /**
   * How long one load lasts.
   *
   * @param warmUp before anything is counted
   * @param measured from then on
   */
  record Pace(Duration warmUp, Duration measured) {
    static final Pace FULL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5));
    static final Pace QUICK = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  /**
   * What was measured.
   *
   * @param perSecond answers a second
   * @param p50 median time from a question to the last byte of its answer
   * @param p99 99th percentile of the same
   * @param answered how many in all, the warm-up included
   * @param bodyBytes of the last answer
   * @param notOk answers with another status than 200
   */
  record Result(
      double perSecond, Duration p50, Duration p99, int answered, int bodyBytes, int notOk) {}

  Load(SSLContext tls, int port, String headers, Pace pace) {
    this.pace = pace;
    this.tls = tls;
    this.port = port;
    this.headers = headers;
  }

  /** Asks for the paths in turn over so many connections, first to warm up, then to measure. */
  Result run(List<String> paths, int connections) throws InterruptedException {
    List<Asker> askers = new ArrayList<>();
    AtomicInteger turn = new AtomicInteger();
    for (int i = 0; i < connections; i++) {
      askers.add(new Asker(paths, turn));
    }
    askers.forEach(asker -> asker.thread.start());
    for (Asker asker : askers) {
      asker.thread.join();
    }
    long[] nanos =
        askers.stream()
            .flatMapToLong(asker -> Arrays.stream(asker.nanos, 0, asker.answered))
            .sorted()
            .toArray();
    return new Result(
        nanos.length / (pace.measured().toMillis() / 1e3),
        Duration.ofNanos(nanos[nanos.length / 2]),
        Duration.ofNanos(nanos[(int) (nanos.length * 0.99)]),
        askers.stream().mapToInt(asker -> asker.asked).sum(),
        askers.getFirst().bodyBytes,
        askers.stream().mapToInt(asker -> asker.notOk).sum());
  }

  /** Asks for each path once over one connection, evenly spread; returns how many were not 200. */
  int paced(List<String> paths, Duration period) throws IOException, InterruptedException {
    int notOk = 0;
    try (Connection connection = new Connection()) {
      long start = System.nanoTime();
      for (int i = 0; i < paths.size(); i++) {
        long due = start + period.toNanos() / paths.size() * i;
        long early = due - System.nanoTime();
        if (early > 0) {
          Thread.sleep(Duration.ofNanos(early));
        }
        notOk += connection.ask(request(paths.get(i))) == 200 ? 0 : 1;
      }
    }
    return notOk;
  }

  /** Asks once, on a connection of its own; returns the status. */
  int once(String path) throws IOException {
    try (Connection connection = new Connection()) {
      return connection.ask(request(path));
    }
  }

  /** Asks for the paths at the same moment; returns the status and time of each. */
  List<Timed> together(List<String> paths) throws InterruptedException {
    List<Timed> timed = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (String path : paths) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                long begun = System.nanoTime();
                try {
                  int status = once(path);
                  timed.add(new Timed(status, Duration.ofNanos(System.nanoTime() - begun)));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return timed;
  }

  /** One answer's status, and how long it took. */
  record Timed(int status, Duration took) {}

  private byte[] request(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private final class Asker {
    private final Thread thread = Thread.ofPlatform().unstarted(this::run);
    private final byte[][] requests;
    private final AtomicInteger turn;
    private long[] nanos = new long[1 << 16];
    private int answered;
    private int asked;
    private int bodyBytes;
    private int notOk;

    Asker(List<String> paths, AtomicInteger turn) {
      this.requests = paths.stream().map(Load.this::request).toArray(byte[][]::new);
      this.turn = turn;
    }

    private void run() {
      try (Connection connection = new Connection()) {
        long start = System.nanoTime();
        long measuredFrom = start + pace.warmUp().toNanos();
        long end = measuredFrom + pace.measured().toNanos();
        for (long begun = start; begun < end || answered == 0; begun = System.nanoTime()) {
          asked++;
          int next = Math.floorMod(turn.getAndIncrement(), requests.length);
          int status = connection.ask(requests[next]);
          notOk += status == 200 ? 0 : 1;
          if (begun >= measuredFrom) {
            note(System.nanoTime() - begun);
          }
        }
        bodyBytes = connection.bodyBytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void note(long took) {
      if (answered == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * nanos.length);
      }
      nanos[answered++] = took;
    }
  }

  private final class Connection implements AutoCloseable {
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] scratch = new byte[1 << 16];
    private int bodyBytes;

    Connection() throws IOException {
      socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      out = socket.getOutputStream();
    }

    int ask(byte[] request) throws IOException {
      out.write(request);
      out.flush();
      int status = Integer.parseInt(line().substring(9, 12));
      bodyBytes = 0;
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
          bodyBytes = Integer.parseInt(line.substring(15).strip());
        }
      }
      for (int left = bodyBytes; left > 0; ) {
        int read = in.read(scratch, 0, Math.min(left, scratch.length));
        if (read < 0) {
          throw new EOFException("the server closed the connection in the middle of an answer");
        }
        left -= read;
      }
      return status;
    }

    private String line() throws IOException {
      int length = 0;
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new EOFException("the server closed the connection");
        }
        scratch[length++] = (byte) b;
      }
      return new String(scratch, 0, length, StandardCharsets.US_ASCII).stripTrailing();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
