package dev.usher.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a certificate and its key, read as the server will read them. */
public final class TlsFiles {
  private static final byte[] WORDS = "a pair?".getBytes(StandardCharsets.US_ASCII);

  private TlsFiles() {}

  /** Why the certificate cannot be shown to visitors; null when it can. */
  public static @Nullable String certificateTrouble(ListenOptions.Tls tls) {
    return authorityTrouble(tls.certificate());
  }

  /** Why a file holds no certificates; null when it does. */
  public static @Nullable String authorityTrouble(String file) {
    try {
      KeyStoreHelper.loadCA(Stream.of(content(file)));
      return null;
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Why the key cannot speak for the certificate, which is a good one; null when it can. */
  public static @Nullable String keyTrouble(ListenOptions.Tls tls) {
    try {
      KeyStore pair =
          KeyStoreHelper.loadKeyCert(
              List.of(content(tls.key())), List.of(content(tls.certificate())));
      return isPair(pair) ? null : "it is another certificate's";
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Buffer content(String file) throws IOException {
    return Buffer.buffer(Files.readAllBytes(Path.of(file)));
  }

  /** Whether what the key signs is what the certificate vouches for: the same for all kinds. */
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
      // Of another size, or on another curve.
      return false;
    }
  }
}
