package dev.usher.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** The ways in which a stranger may alter a token. */
final class Tampering {
  private static final String URL_SAFE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String FOREIGN = "+/=.,;:\"' \t\r\n\0%~\u00e9\u0441\u4f60";
  private static final String[] HEADERS = {
    "{\"alg\":\"none\"}",
    "{\"alg\":\"None\",\"kid\":\"a\"}",
    "{\"alg\":\"NONE\",\"kid\":\"a\",\"typ\":\"JWT\"}",
    "{\"alg\":\"HS384\",\"kid\":\"a\"}",
    "{\"alg\":\"HS512\",\"kid\":\"a\"}",
    "{\"alg\":\"RS256\",\"kid\":\"a\"}",
    "{\"alg\":\"ES256\",\"kid\":\"a\"}",
    "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"kid\":\"a\"}",
    "{\"alg\":\"HS256\"}",
    "{\"alg\":\"HS256\",\"kid\":\"\"}",
    "{\"alg\":\"HS256\",\"kid\":\"b\",\"typ\":\"JWT\"}",
    "{\"alg\":\"HS256\",\"kid\":\"c\",\"typ\":\"JWT\"}",
    "{\"alg\":\"HS256\",\"kid\":null}",
    "{\"alg\":\"HS256\",\"kid\":[\"a\"]}",
    "{\"alg\":\"HS256\",\"kid\":\"a\",\"crit\":[\"x\"],\"x\":1}",
    "{\"alg\":\"HS256\",\"kid\":\"a\",\"b64\":false,\"crit\":[\"b64\"]}",
    "{\"alg\":\"HS256\",\"kid\":\"a\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
    "{}",
    "[]",
    "null",
    "",
  };

  private Tampering() {}

  static String ofTicket(String good, Random chance) {
    int way = chance.nextInt(14);
    if (way >= 12) {
      byte[] bytes = Base64.getUrlDecoder().decode(good);
      if (way == 12) {
        bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
      } else {
        bytes[2] = 'b'; // the other key's id
      }
      return encode(bytes);
    }
    return ofText(good, way, chance);
  }

  static String ofPass(String good, Random chance) {
    int way = chance.nextInt(18);
    String[] parts = good.split("\\.", -1);
    return switch (way) {
      case 12 -> header(chance) + "." + parts[1] + "." + parts[2];
      case 13 -> header(chance) + "." + parts[1] + ".";
      case 14 -> {
        byte[] bytes = Base64.getUrlDecoder().decode(parts[1]);
        bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(7));
        yield parts[0] + "." + encode(bytes) + "." + parts[2];
      }
      case 15 -> {
        byte[] bytes = Base64.getUrlDecoder().decode(parts[2]);
        bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
        yield parts[0] + "." + parts[1] + "." + encode(bytes);
      }
      case 16 -> parts[0] + "." + longer(parts[1], chance) + "." + parts[2];
      case 17 -> parts[chance.nextInt(3)] + "." + parts[chance.nextInt(3)] + "." + parts[0];
      default -> ofText(good, way, chance);
    };
  }

  private static String ofText(String good, int way, Random chance) {
    int at = chance.nextInt(good.length());
    String before = good.substring(0, at);
    String after = good.substring(at + 1);
    return switch (way) {
      case 0 -> before + (char) (good.charAt(at) ^ 1 << chance.nextInt(8)) + after;
      case 1 -> before + one(URL_SAFE, chance) + after;
      case 2 -> before + one(FOREIGN, chance) + after;
      case 3 -> before + one(URL_SAFE + FOREIGN, chance) + good.substring(at);
      case 4 -> before + after;
      case 5 -> before;
      case 6 -> good.substring(at);
      case 7 -> good + one(URL_SAFE + FOREIGN, chance).repeat(1 + chance.nextInt(4));
      // The last character's unused bits: other spellings of the same bytes.
      case 8 -> good.substring(0, good.length() - 1) + one(URL_SAFE, chance);
      case 9 -> good + good.repeat(chance.nextInt(50));
      case 10 -> {
        byte[] bytes = new byte[chance.nextInt(200)];
        chance.nextBytes(bytes);
        yield encode(bytes);
      }
      default -> good.replace('-', '+').replace('_', '/') + "=".repeat(chance.nextInt(3));
    };
  }

  private static String header(Random chance) {
    return encode(HEADERS[chance.nextInt(HEADERS.length)].getBytes(StandardCharsets.UTF_8));
  }

  /** The same claims with a later end. */
  private static String longer(String claims, Random chance) {
    String json = new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
    String longer =
        json.replaceFirst("\"exp\":\\d+", "\"exp\":" + (9_000_000_000L + chance.nextInt()));
    return encode(longer.getBytes(StandardCharsets.UTF_8));
  }

  private static String one(String of, Random chance) {
    return String.valueOf(of.charAt(chance.nextInt(of.length())));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
