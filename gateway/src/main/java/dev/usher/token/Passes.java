package dev.usher.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.usher.store.Place;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Passes as their visitors carry them: JSON Web Tokens (RFC 7519), signed by HMAC-SHA-256, that an
 * origin can verify with any JOSE library and the keys that {@link #jwks} prints.
 */
public final class Passes {
  /** No pass is longer: 80 characters of header, 43 of signature, the rest claims. */
  public static final int CHARS_MAX = 512;

  /** The issuer of passes: the claim {@code iss}. */
  public static final String ISSUER = "usher";

  /** Passes remembered as verified: about 8 MB when all are in use. */
  private static final int REMEMBERED = 16_384;

  /** Claim that says that the session of a pass is over. */
  private static final String FAREWELL = "ended";

  /**
   * Prefix before the room in the audience of such a pass. Whoever verifies passes for a room, an
   * origin or an older replica, does not take it for one.
   */
  private static final String FAREWELL_FOR = "ended:";

  /** Claim with the pod that the session stays with, which only replicas can read. */
  private static final String POD = "pod";

  /** The end of the year 9999. A later time, in milliseconds, might not fit. */
  private static final long SECONDS_MAX = 253_402_300_799L;

  private final Keys keys;
  private final JWSHeader header;
  private final MACSigner signer;
  private final PodSeal pods;

  /**
   * By the header exactly as each key's passes carry it. Whoever wrote a token chose its header:
   * one with any other algorithm, key id or parameter is not ours, and need not even be parsed (the
   * library's parser throws unchecked exceptions at some).
   */
  private final Map<String, Verifier> verifiers;

  /** What is needed to read the passes of one key. */
  private record Verifier(JWSVerifier signature, PodSeal pods) {}

  private final VerifiedPasses verified = new VerifiedPasses(REMEMBERED);

  public Passes(Keys keys) {
    this.keys = keys;
    Keys.Key first = keys.all().get(0);
    this.header = header(first);
    this.pods = new PodSeal(first.forPasses());
    try {
      this.signer = new MACSigner(first.forPasses());
    } catch (JOSEException e) {
      throw new IllegalStateException("A derived key must be long enough for HS256", e);
    }
    this.verifiers =
        keys.all().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    key -> header(key).toBase64URL().toString(), Passes::verifier));
  }

  private static JWSHeader header(Keys.Key key) {
    return new JWSHeader.Builder(JWSAlgorithm.HS256)
        .type(JOSEObjectType.JWT)
        .keyID(key.id())
        .build();
  }

  private static Verifier verifier(Keys.Key key) {
    try {
      return new Verifier(new MACVerifier(key.forPasses()), new PodSeal(key.forPasses()));
    } catch (JOSEException e) {
      throw new IllegalStateException("A derived key must be long enough for HS256", e);
    }
  }

  /** The pass as text, signed with the first key. Times are cut to whole seconds. */
  public String sign(Pass pass) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    String room = pass.place().room();
    claims.put("aud", pass.farewell() ? FAREWELL_FOR + room : room);
    String session = Places.sessionId(pass.place());
    claims.put("sub", session);
    claims.put("iat", pass.issuedAt() / 1000);
    claims.put("exp", pass.expiresAt() / 1000);
    claims.put("adm", pass.admittedAt() / 1000);
    if (pass.farewell()) {
      claims.put(FAREWELL, true);
    }
    if (pass.pod() != 0) {
      claims.put(POD, pods.seal(pass.pod(), session));
    }
    JWSObject token = new JWSObject(header, new Payload(claims));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 must be able to sign any claims", e);
    }
    return token.serialize();
  }

  /**
   * The pass; null if it is not one of this room's, was altered, or has expired. On the path of
   * every admitted request: most are remembered from an earlier one.
   *
   * @param now milliseconds since 1970
   */
  public @Nullable Pass verify(String token, String room, long now) {
    Pass pass = verifyEver(token, room);
    return pass != null && isValid(pass, now) ? pass : null;
  }

  /** Whether the pass admits its visitor. */
  public static boolean isValid(Pass pass, long now) {
    return now < pass.expiresAt() && !pass.farewell();
  }

  /** The pass, however long ago it expired, and even if its session was ended. */
  public @Nullable Pass verifyEver(String token, String room) {
    // Before any work: a stranger chooses the length.
    if (token.length() > CHARS_MAX) {
      return null;
    }
    Pass pass = verified.get(token);
    if (pass == null) {
      pass = read(token, room);
      if (pass == null) {
        return null;
      }
      verified.put(token, pass);
    }
    return pass.place().room().equals(room) ? pass : null;
  }

  private @Nullable Pass read(String token, String room) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    // The library reads several spellings of the same bytes; only the canonical one is accepted.
    if (first < 0
        || second < 0
        || !Base64Url.isCanonical(token, first + 1, second)
        || !Base64Url.isCanonical(token, second + 1, token.length())) {
      return null;
    }
    Verifier verifier = verifiers.get(token.substring(0, first));
    if (verifier == null) {
      return null;
    }
    try {
      // The claims are not even parsed before the signature is known to be ours.
      JWSObject jws = JWSObject.parse(token);
      if (!jws.verify(verifier.signature())) {
        return null;
      }
      Map<String, Object> claims = jws.getPayload().toJSONObject();
      return claims == null ? null : pass(claims, room, verifier.pods());
    } catch (ParseException | JOSEException e) {
      return null;
    }
  }

  private static @Nullable Pass pass(Map<String, Object> claims, String room, PodSeal pods) {
    boolean goodbye = (FAREWELL_FOR + room).equals(claims.get("aud"));
    if (!ISSUER.equals(claims.get("iss"))
        || !(goodbye || room.equals(claims.get("aud")))
        || !(claims.get("sub") instanceof String session)) {
      return null;
    }
    Place place = Places.parse(room, session);
    long admittedAt = millis(claims.get("adm"));
    long issuedAt = millis(claims.get("iat"));
    long expiresAt = millis(claims.get("exp"));
    boolean inOrder = admittedAt >= 0 && issuedAt >= admittedAt && expiresAt >= issuedAt;
    boolean farewell = goodbye || Boolean.TRUE.equals(claims.get(FAREWELL));
    return place != null && inOrder
        ? new Pass(
            place, admittedAt, issuedAt, expiresAt, farewell, pods.open(claims.get(POD), session))
        : null;
  }

  private static long millis(@Nullable Object seconds) {
    return seconds instanceof Long s && s >= 0 && s <= SECONDS_MAX ? s * 1000 : -1;
  }

  /**
   * The keys that verify passes, as a JSON Web Key Set (RFC 7517). They are secret: HMAC has one
   * key for both, so whoever can verify a pass can make one. They cannot make tickets.
   */
  public static String jwks(Keys keys) {
    List<JWK> all =
        keys.all().stream()
            .<JWK>map(
                key ->
                    new OctetSequenceKey.Builder(key.forPasses())
                        .keyID(key.id())
                        .algorithm(JWSAlgorithm.HS256)
                        .keyUse(KeyUse.SIGNATURE)
                        .build())
            .toList();
    return new JWKSet(all).toString(false);
  }

  @Override
  public String toString() {
    return "Passes" + keys;
  }
}
