// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.authentication;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import java.util.Locale;

/**
 * The parts of a certificate's subject that name a user.
 *
 * @param commonName the last CN; empty if there is none
 * @param organizations every O
 */
record CertificateSubject(String commonName, List<String> organizations) {

  static CertificateSubject of(X509Certificate certificate) {
    String commonName = "";
    List<String> organizations = new ArrayList<>();
    for (Rdn rdn : names(certificate)) {
      switch (rdn.getType().toUpperCase(Locale.ROOT)) {
        case "CN" -> commonName = String.valueOf(rdn.getValue());
        case "O" -> organizations.add(String.valueOf(rdn.getValue()));
        default -> {}
      }
    }
    return new CertificateSubject(commonName, organizations);
  }

  private static List<Rdn> names(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
    } catch (InvalidNameException _) {
      return List.of();
    }
  }
}
