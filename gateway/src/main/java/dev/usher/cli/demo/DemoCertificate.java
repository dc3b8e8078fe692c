package dev.usher.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A self-signed certificate for localhost, valid for a day. The JDK makes keys and signatures but
 * has no API for certificates, so it is put together here as RFC 5280 lays it out.
 *
 * @param chain the file of the certificate
 * @param key the file of its key
 */
record DemoCertificate(Path chain, Path key) {
  private static final Duration GOOD_FOR = Duration.ofDays(30);

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT = 0x06;
  private static final int UTF8 = 0x0C;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int DNS_NAME = 0x82;
  private static final int VERSION = 0xA0;
  private static final int EXTENSIONS = 0xA3;

  /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
  private static final byte[] ECDSA_SHA256 =
      der(SEQUENCE, der(OBJECT, new byte[] {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2}));

  /** 2.5.4.3, the common name. */
  private static final byte[] COMMON_NAME = der(OBJECT, new byte[] {0x55, 4, 3});

  /** 2.5.29.17, alternative names of the subject. */
  private static final byte[] OTHER_NAMES = der(OBJECT, new byte[] {0x55, 0x1D, 0x11});

  private static final byte[] HOST = "localhost".getBytes(StandardCharsets.US_ASCII);

  /** Makes a certificate, and writes it to this folder. */
  static DemoCertificate in(Path folder) throws IOException {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = keys.generateKeyPair();
      return new DemoCertificate(
          pem(folder.resolve("tls.crt"), "CERTIFICATE", signed(pair)),
          pem(folder.resolve("tls.key"), "PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A JDK must be able to make EC keys", e);
    }
  }

  private static byte[] signed(KeyPair pair) throws GeneralSecurityException {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, HOST))));
    byte[] names =
        der(SEQUENCE, OTHER_NAMES, der(OCTET_STRING, der(SEQUENCE, der(DNS_NAME, HOST))));
    byte[] toSign =
        der(
            SEQUENCE,
            der(VERSION, der(INTEGER, new byte[] {2})),
            der(INTEGER, BigInteger.valueOf(now.toEpochSecond()).toByteArray()),
            ECDSA_SHA256,
            name,
            der(SEQUENCE, time(now.minus(GOOD_FOR)), time(now.plus(GOOD_FOR))),
            name,
            pair.getPublic().getEncoded(),
            der(EXTENSIONS, der(SEQUENCE, names)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(toSign);
    byte[] unused = {0}; // bits of the last byte that do not count
    return der(SEQUENCE, toSign, ECDSA_SHA256, der(BIT_STRING, unused, signature.sign()));
  }

  private static byte[] time(ZonedDateTime at) {
    String text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").format(at);
    return der(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** One DER value: its tag, its length, and its parts. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
