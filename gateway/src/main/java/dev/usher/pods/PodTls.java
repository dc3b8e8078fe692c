package dev.usher.pods;

import org.jspecify.annotations.Nullable;

/**
 * How to tell that a pod that speaks TLS is ours.
 *
 * @param ca authorities that may have signed the pods' certificates, in PEM; null for those that
 *     the Java runtime trusts
 * @param serverName the name that their certificates are for; null for their own addresses
 */
public record PodTls(@Nullable String ca, @Nullable String serverName) {
  /** Certificates for the pods' own addresses, by an authority that the Java runtime trusts. */
  public static final PodTls USUAL = new PodTls(null, null);
}
