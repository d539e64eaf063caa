// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.CertUtils;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.OkHttpClient;

/**
 * The library's HTTP clients, which trust the authority that the cluster names and no other, as
 * kubectl does. The library would trust the JVM's public authorities besides, and reads all 150 of
 * them anew for each client.
 */
final class ClusterHttp implements HttpClient.Factory {
  private final OkHttpClientFactory library = new OkHttpClientFactory();

  @Override
  public HttpClient.Builder newBuilder() {
    return library.newBuilder();
  }

  @Override
  public HttpClient.Builder newBuilder(Config config) {
    if (!namesAuthority(config)) {
      return library.newBuilder(config);
    }
    HttpClient.Builder builder = new Unhurried().newBuilder();
    // Told that trust is no matter the library reads no authorities. All else is as the cluster's
    // credentials have it, interceptors included, and whom to trust is said right after.
    Config withoutTrust = new ConfigBuilder(config).withTrustCerts(true).build();
    HttpClientUtils.applyCommonConfiguration(withoutTrust, builder, this);
    HttpClientUtils.createApplicableInterceptors(config, this)
        .forEach(builder::addOrReplaceInterceptor);
    try {
      builder.sslContext(SSLUtils.keyManagers(config), trust(config));
    } catch (GeneralSecurityException | IOException e) {
      throw new NoClusterException(
          "the certificates of the cluster's credentials cannot be read: " + e.getMessage());
    }
    return builder;
  }

  private static boolean namesAuthority(Config config) {
    return (Utils.isNotNullOrEmpty(config.getCaCertData())
            || Utils.isNotNullOrEmpty(config.getCaCertFile()))
        && config.getTrustStoreFile() == null
        && !config.isTrustCerts()
        && !config.isDisableHostnameVerification();
  }

  private static TrustManager[] trust(Config config) throws GeneralSecurityException, IOException {
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    try (InputStream pem =
        CertUtils.getInputStreamFromDataOrFile(config.getCaCertData(), config.getCaCertFile())) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        authorities.setCertificateEntry("ca-" + authorities.size(), each);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }

  /** Watches last, and requests have timeouts of their own. */
  private static final class Unhurried extends OkHttpClientFactory {
    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
      builder.readTimeout(Duration.ZERO).writeTimeout(Duration.ZERO);
    }
  }
}
