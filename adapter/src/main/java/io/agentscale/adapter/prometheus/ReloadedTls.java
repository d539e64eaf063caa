// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP client whose certificates follow their files.
 *
 * <p>The files are read for every question, which costs microseconds beside a handshake and misses
 * no change. New files that cannot be used leave the old ones in force: half of a rotation, seen
 * between two writes, must not cut us off.
 */
final class ReloadedTls {
  private static final Logger log = LoggerFactory.getLogger(ReloadedTls.class);
  private static final char[] NO_PASSWORD = {};

  private final TlsFiles files;
  private OkHttpClient client;
  private byte @Nullable [] loaded;
  private byte @Nullable [] refused;

  ReloadedTls(TlsFiles files, OkHttpClient plain) {
    this.files = files;
    this.client = plain;
  }

  /** The client to ask with now. */
  synchronized OkHttpClient client() throws OwnFileException {
    if (files.all().isEmpty()) {
      return client;
    }
    try {
      byte[] present = digest();
      if (!Arrays.equals(present, loaded) && !Arrays.equals(present, refused)) {
        refused = present;
        client = withTls(client);
        loaded = present;
        refused = null;
      }
    } catch (OwnFileException e) {
      if (loaded == null) {
        refused = null;
        throw e;
      }
      log.atWarn()
          .addKeyValue("cause", e.getMessage())
          .log("New TLS files cannot be used; the previous ones stay in force");
    }
    return client;
  }

  private byte[] digest() throws OwnFileException {
    try {
      MessageDigest all = MessageDigest.getInstance("SHA-256");
      for (Path file : files.all()) {
        all.update(all.digest(PemFiles.bytes(file)));
      }
      return all.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private OkHttpClient withTls(OkHttpClient old) throws OwnFileException {
    try {
      X509TrustManager trust = trust();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), new TrustManager[] {trust}, null);
      return old.newBuilder().sslSocketFactory(context.getSocketFactory(), trust).build();
    } catch (OwnFileException e) {
      throw e;
    } catch (GeneralSecurityException | IOException e) {
      OwnFileException failure =
          new OwnFileException("TLS file", files.all().getFirst(), String.valueOf(e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
  }

  private X509TrustManager trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = null;
    Optional<Path> caFile = files.caFile();
    if (caFile.isPresent()) {
      trusted = emptyStore();
      for (X509Certificate certificate : PemFiles.certificates(caFile.get())) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    // No store of ours means the system's.
    factory.init(trusted);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (files.keyFile().isEmpty() || files.certificateFile().isEmpty()) {
      return null;
    }
    X509Certificate[] chain =
        PemFiles.certificates(files.certificateFile().get()).toArray(X509Certificate[]::new);
    KeyStore own = emptyStore();
    own.setKeyEntry("own", PemFiles.privateKey(files.keyFile().get()), NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, NO_PASSWORD);
    return requireNonNull(factory.getKeyManagers());
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
