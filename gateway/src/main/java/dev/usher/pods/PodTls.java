package dev.usher.pods;

import org.jspecify.annotations.Nullable;

/**
 * How pods that speak TLS are known to be ours.
 *
 * @param ca the authorities that may have signed their certificates, in PEM; null for those that
 *     the Java runtime trusts
 * @param serverName the name that their certificates are for; null for their own addresses
 */
public record PodTls(@Nullable String ca, @Nullable String serverName) {
  /** Certificates for the pods' own addresses, by an authority that everybody trusts. */
  public static final PodTls USUAL = new PodTls(null, null);
}
