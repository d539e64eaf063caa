// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.io.IOException;

/**
 * A certificate chain with the private key of its first certificate.
 *
 * @param chain the server's own certificate, then those that vouch for it
 * @param key private
 */
public record KeyMaterial(List<X509Certificate> chain, PrivateKey key) {
  /** In memory only, so that this protects nothing; key stores insist on one. */
  public static final String KEY_STORE_PASSWORD = "in-memory";

  public KeyMaterial {
    chain = List.copyOf(chain);
  }

  /**
   * Reads a certificate chain and its key.
   *
   * @throws IllegalArgumentException if either is broken or they do not belong together
   */
  public static KeyMaterial ofPem(byte[] certificates, byte[] key) {
    KeyMaterial material = new KeyMaterial(Pem.certificates(certificates), Pem.privateKey(key));
    requirePair(material.chain().getFirst().getPublicKey(), material.key());
    return material;
  }

  /**
   * Returns a key store that holds this and nothing else. Its format is the one that spends no time
   * on encrypting, which for PKCS #12 is longer than all else of a start.
   */
  public KeyStore keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry(
          "serving", key, KEY_STORE_PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has JKS key stores", e);
    }
  }

  private static void requirePair(PublicKey publicKey, PrivateKey privateKey) {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> privateKey.getAlgorithm();
        };
    boolean pair;
    try {
      byte[] probe = publicKey.getEncoded();
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(probe);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(probe);
      pair = verifier.verify(signature);
    } catch (GeneralSecurityException _) {
      pair = false;
    }
    if (!pair) {
      throw new IllegalArgumentException("the private key does not belong to the certificate");
    }
  }

  @Override
  public String toString() {
    return "KeyMaterial[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
