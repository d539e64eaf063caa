// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.nio.BufferUnderflowException;

/**
 * The little of ASN.1 DER needed to wrap the older private key forms into PKCS #8 (RFC 5208, RFC
 * 8017 appendix A.1.2, RFC 5915).
 */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;
  private static final byte[] VERSION_0 = {INTEGER, 1, 0};
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Der() {}

  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    return element(SEQUENCE, VERSION_0, RSA_ENCRYPTION, element(OCTET_STRING, pkcs1));
  }

  static byte[] pkcs8OfEc(byte[] sec1) {
    byte[] algorithm = element(SEQUENCE, EC_PUBLIC_KEY, curve(sec1));
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, sec1));
  }

  /** Finds the curve, which SEC 1 keeps inside the key and PKCS #8 beside it. */
  private static byte[] curve(byte[] sec1) {
    ByteBuffer key = ByteBuffer.wrap(sec1);
    try {
      enter(key, SEQUENCE);
      while (key.hasRemaining()) {
        int tag = key.get() & 0xff;
        byte[] value = new byte[length(key)];
        key.get(value);
        if (tag == PARAMETERS) {
          return value;
        }
      }
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("holds a broken EC private key", e);
    }
    throw new IllegalArgumentException("holds an EC private key that does not name its curve");
  }

  private static void enter(ByteBuffer der, int tag) {
    if ((der.get() & 0xff) != tag) {
      throw new IllegalArgumentException("holds a broken EC private key");
    }
    length(der);
  }

  private static int length(ByteBuffer der) {
    int first = der.get() & 0xff;
    int length = first;
    if (first >= 0x80) {
      length = 0;
      for (int i = 0; i < (first & 0x7f); i++) {
        length = (length << 8) | (der.get() & 0xff);
      }
    }
    if (length > der.remaining()) {
      throw new BufferUnderflowException();
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    var body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    var element = new ByteArrayOutputStream();
    element.write(tag);
    int length = body.size();
    if (length >= 0x80) {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      element.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        element.write(length >> shift);
      }
    } else {
      element.write(length);
    }
    element.writeBytes(body.toByteArray());
    return element.toByteArray();
  }
}
