package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.usher.store.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String A = "a:" + encode(SECRET);
  private static final String B =
      "b:" + encode("another secret, just as long as.".getBytes(StandardCharsets.US_ASCII));
  private static final String HEADER = "{\"kid\":\"a\",\"typ\":\"JWT\",\"alg\":\"HS256\"}";
  private static final String CLAIMS =
      "{\"iss\":\"usher\",\"aud\":\"concert\",\"sub\":\"3.1.4711\","
          + "\"iat\":10,\"exp\":20,\"adm\":5}";
  private static final Pass PASS =
      new Pass(new Place("concert", 3, 1, 4711), NOW - 60_000, NOW, NOW + 120_000);

  private final Passes passes = new Passes(Keys.parse(A));

  /** RFC 7515, section 5.2, and RFC 7519, section 7.2, with nothing but the JDK. */
  @Test
  void anOriginCanVerifyAPassWithoutAnyCodeOfOurs() throws Exception {
    String[] parts = passes.sign(PASS).split("\\.", -1);
    assertThat(parts).hasSize(3);

    // The key as an operator gets it from `usher key --pass`; here derived anew, RFC 5869.
    byte[] passKey = hmac(SECRET, "usher pass v1\u0001");
    byte[] signature = hmac(passKey, parts[0] + "." + parts[1]);
    assertThat(MessageDigest.isEqual(signature, Base64.getUrlDecoder().decode(parts[2]))).isTrue();

    // Passes of an older replica must be good at a newer one: this header never changes.
    assertThat(decode(parts[0])).isEqualTo(HEADER);
    assertThat(decode(parts[1]))
        .startsWith("{")
        .contains("\"iss\":\"usher\"", "\"aud\":\"concert\"", "\"sub\":\"3.1.4711\"")
        .contains("\"iat\":1800000000", "\"exp\":1800000120", "\"adm\":1799999940")
        .endsWith("}");
  }

  @Test
  void thePodOfASessionIsReadByWhoHasTheKeyAndIsSealedForTheSessionAlone() {
    String signed = passes.sign(PASS.on(0x1234_5678_9abc_def0L));
    Passes rotated = new Passes(Keys.parse(B + "," + A));
    for (Passes reader : List.of(passes, rotated)) {
      Pass read = reader.verifyEver(signed, "concert");
      assertThat(read).isEqualTo(PASS.on(0x1234_5678_9abc_def0L));
    }
    Pass other = new Pass(new Place("concert", 3, 1, 4712), NOW - 60_000, NOW, NOW + 120_000);
    String same = passes.sign(other.on(0x1234_5678_9abc_def0L));
    assertThat(claim(same)).isNotEqualTo(claim(signed));
    // Without a pod the pass is as it ever was, for replicas of the version before.
    assertThat(decode(passes.sign(PASS).split("\\.", -1)[1])).doesNotContain("pod");
  }

  private static String claim(String signed) {
    String claims = decode(signed.split("\\.", -1)[1]);
    return claims.substring(claims.indexOf("\"pod\""));
  }

  @Test
  void theKeySetHandedToAnOriginVerifiesPassesAndHidesTheKeyItself() throws Exception {
    String printed = Passes.jwks(Keys.parse(A + "," + B));
    JWKSet set = JWKSet.parse(printed);

    assertThat(set.getKeys()).extracting(key -> key.getKeyID()).containsExactly("a", "b");
    OctetSequenceKey first = (OctetSequenceKey) set.getKeys().get(0);
    assertThat(first.toByteArray()).isEqualTo(hmac(SECRET, "usher pass v1\u0001"));
    assertThat(printed).doesNotContain(encode(SECRET));
  }

  @Test
  void whoHoldsTheKeyOfPassesCannotMakeATicket() throws Exception {
    byte[] passKey = hmac(SECRET, "usher pass v1\u0001");
    Tickets forger = new Tickets(Keys.parse("a:" + encode(passKey)), Duration.ofHours(1));
    Tickets ours = new Tickets(Keys.parse(A), Duration.ofHours(1));
    Ticket ticket = new Ticket(PASS.place(), NOW, 5);

    assertThat(ours.verify(forger.sign(ticket), "concert", NOW)).isNull();
    assertThat(ours.verify(ours.sign(ticket), "concert", NOW)).isEqualTo(ticket);
  }

  @Test
  void aPassSignedByAnOlderKeyIsGoodUntilThatKeyIsRemoved() {
    String old = passes.sign(PASS);

    assertThat(new Passes(Keys.parse(B + "\n" + A)).verify(old, "concert", NOW)).isEqualTo(PASS);
    assertThat(new Passes(Keys.parse(B)).verify(old, "concert", NOW)).isNull();
  }

  @Test
  void theFirstKeySigns() {
    String token = new Passes(Keys.parse(B + "\n" + A)).sign(PASS);

    assertThat(new Passes(Keys.parse(B)).verify(token, "concert", NOW)).isEqualTo(PASS);
    assertThat(passes.verify(token, "concert", NOW)).isNull();
  }

  @Test
  void aRememberedPassStillExpiresAndStillBelongsToItsRoom() {
    String token = passes.sign(PASS);

    assertThat(passes.verify(token, "concert", NOW)).isEqualTo(PASS);
    assertThat(passes.verify(token, "other", NOW)).isNull();
    assertThat(passes.verify(token, "concert", PASS.expiresAt() - 1)).isEqualTo(PASS);
    assertThat(passes.verify(token, "concert", PASS.expiresAt())).isNull();
  }

  @Test
  void aGoodbyeIsNoPassToWhoeverVerifiesPassesOfTheRoom() throws Exception {
    Pass goodbye = new Pass(PASS.place(), NOW - 60_000, NOW, NOW + 60_000, true, 0);
    String token = passes.sign(goodbye);
    assertThat(passes.verifyEver(token, "concert")).isEqualTo(goodbye);
    assertThat(passes.verify(token, "concert", NOW)).isNull();
    assertThat(decode(token.split("\\.", -1)[1])).contains("\"aud\":\"ended:concert\"");
    // As replicas wrote it that did not name others.
    Pass before = verifySigned(CLAIMS.replace("}", ",\"ended\":true}"));
    assertThat(before).isNull();
  }

  @Test
  void aPodThatNobodyCanReadIsNoneAndThePassIsGoodAllTheSame() throws Exception {
    for (String pod : List.of("5", "\"x\"", "null", "[1]", "\"AAAAAAAAAAAA\"", "\"\"", "{}")) {
      Pass read = verifySigned(CLAIMS.replace("}", ",\"pod\":" + pod + ",\"later\":1}"));
      assertThat(read).as(pod).isEqualTo(verifySigned(CLAIMS));
    }
  }

  @Test
  void wellSignedClaimsThatUsherWouldNeverMakeAreRefused() throws Exception {
    assertThat(verifySigned(CLAIMS)).isNotNull();

    assertThat(verifySigned(CLAIMS.replace("\"usher\"", "\"other\""))).isNull();
    assertThat(verifySigned(CLAIMS.replace("\"concert\"", "\"other\""))).isNull();
    assertThat(verifySigned(CLAIMS.replace("\"concert\"", "[\"concert\",\"other\"]"))).isNull();
    assertThat(verifySigned(CLAIMS.replace("3.1.4711", "3.1.04711"))).isNull();
    assertThat(verifySigned(CLAIMS.replace("3.1.4711", "3.1"))).isNull();
    assertThat(verifySigned(CLAIMS.replace("\"exp\":20", "\"exp\":\"20\""))).isNull();
    assertThat(verifySigned(CLAIMS.replace("\"exp\":20", "\"exp\":9223372036854775807"))).isNull();
    assertThat(verifySigned(CLAIMS.replace(",\"exp\":20", ""))).isNull();
    assertThat(verifySigned(CLAIMS.replace("\"iat\":10", "\"iat\":30"))).isNull();
    assertThat(verifySigned(CLAIMS.replace("\"adm\":5", "\"adm\":-5"))).isNull();
    assertThat(verifySigned("[]")).isNull();
    assertThat(verifySigned("not json")).isNull();
  }

  @Test
  void noOtherAlgorithmIsTakenEvenWithTheRightKey() throws Exception {

    assertThat(verify(HEADER, CLAIMS)).isNotNull();
    assertThat(verify(HEADER.replace("HS256", "none"), CLAIMS)).isNull();
    assertThat(verify(HEADER.replace("HS256", "HS384"), CLAIMS)).isNull();
    assertThat(verify(HEADER.replace("\"a\"", "\"z\""), CLAIMS)).isNull();
    assertThat(verify(HEADER.replace("\"kid\":\"a\",", ""), CLAIMS)).isNull();
  }

  private @Nullable Pass verifySigned(String claims) throws Exception {
    return verify(HEADER, claims);
  }

  private @Nullable Pass verify(String header, String claims) throws Exception {
    String input =
        encode(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encode(claims.getBytes(StandardCharsets.UTF_8));
    String signature = encode(hmac(hmac(SECRET, "usher pass v1\u0001"), input));
    return passes.verify(input + "." + signature, "concert", 15_000);
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String decode(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
