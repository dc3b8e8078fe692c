package dev.usher.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a certificate and its key, read as the server will read them. */
public final class TlsFiles {
  private static final byte[] WORDS = "a pair?".getBytes(StandardCharsets.US_ASCII);

  /**
   * Time before the expiry at which to warn: renewing by hand takes some days, and an automatic
   * renewal is late by then.
   */
  private static final Duration SOON = Duration.ofDays(14);

  private TlsFiles() {}

  /** Why the certificate cannot be shown to visitors; null if it can. */
  public static @Nullable String certificateTrouble(ListenOptions.Tls tls) {
    try {
      KeyStoreHelper.loadCA(Stream.of(content(tls.certificate())));
      return null;
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Why a text holds no PEM certificates; null if it does. */
  public static @Nullable String authorityTrouble(String text) {
    try {
      KeyStoreHelper.loadCA(Stream.of(Buffer.buffer(text)));
      return null;
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What is wrong with the validity period of a good certificate; null for nothing. */
  public static @Nullable String dateTrouble(ListenOptions.Tls tls) {
    try {
      X509Certificate own = own(content(tls.certificate()));
      return own == null ? null : dateTrouble(own, Instant.now());
    } catch (IOException e) {
      return null;
    }
  }

  /** The first certificate; null for what the server's reader may read and this one cannot. */
  private static @Nullable X509Certificate own(Buffer certificate) {
    try (InputStream in = new ByteArrayInputStream(certificate.getBytes())) {
      Certificate first = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return first instanceof X509Certificate own ? own : null;
    } catch (IOException | GeneralSecurityException e) {
      return null;
    }
  }

  private static @Nullable String dateTrouble(X509Certificate own, Instant now) {
    Instant end = own.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      return "ended on " + day(end) + ": browsers refuse it, renew it";
    }
    Instant begin = own.getNotBefore().toInstant();
    if (now.isBefore(begin)) {
      return "begins only on "
          + day(begin)
          + ": browsers refuse it, or this machine's clock is late";
    }
    return now.plus(SOON).isAfter(end) ? "ends on " + day(end) + ": renew it before" : null;
  }

  private static String day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** What the two files hold now. */
  static Pair read(ListenOptions.Tls tls) throws IOException {
    return new Pair(content(tls.certificate()), content(tls.key()));
  }

  /**
   * A certificate with its chain, and its key, in PEM.
   *
   * @param certificate the chain, the server's own certificate first
   */
  record Pair(Buffer certificate, Buffer key) {
    PemKeyCertOptions served() {
      return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    /** Why visitors cannot be shown the pair; null if they can. */
    @Nullable String trouble() {
      return trouble("the key is another certificate's");
    }

    /** The same, in these words where the two do not go together. */
    private @Nullable String trouble(String another) {
      try {
        KeyStore pair = KeyStoreHelper.loadKeyCert(List.of(key), List.of(certificate));
        return isPair(pair) ? null : another;
      } catch (Exception e) {
        return String.valueOf(e.getMessage());
      }
    }

    /** When the server's own certificate expires, in milliseconds since 1970; 0 if unknown. */
    long endsAt() {
      X509Certificate own = own(certificate);
      return own == null ? 0 : own.getNotAfter().toInstant().toEpochMilli();
    }
  }

  /** Why the key does not match the certificate, which is a good one; null if it does. */
  public static @Nullable String keyTrouble(ListenOptions.Tls tls) {
    try {
      return read(tls).trouble("it is another certificate's");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Buffer content(String file) throws IOException {
    return Buffer.buffer(Files.readAllBytes(Path.of(file)));
  }

  /** Whether the certificate verifies what the key signs: the same test for all kinds of keys. */
  private static boolean isPair(KeyStore pair) throws GeneralSecurityException {
    String alias = Collections.list(pair.aliases()).get(0);
    Certificate certificate = pair.getCertificate(alias);
    PrivateKey key = (PrivateKey) pair.getKey(alias, KeyStoreHelper.DUMMY_PASSWORD.toCharArray());
    Signature signature =
        Signature.getInstance(
            key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(key);
    signature.update(WORDS);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(WORDS);
    try {
      return signature.verify(signed);
    } catch (SignatureException e) {
      // A key of another size, or on another curve.
      return false;
    }
  }
}
