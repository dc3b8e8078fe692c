package dev.usher.shop;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a visitor does: look at the seats, hold one, pay. */
@RestController
class ShopController {
  private final Seats seats;
  private final int basket;
  private final int rounds;

  /**
   * @param basket memory in bytes that a request needs while it is answered, as templates, JSON
   *     trees and result sets do in a shop that has grown for years
   * @param rounds of the key derivation that signs an order, which is what paying costs
   */
  ShopController(
      Seats seats,
      @Value("${shop.request-bytes}") int basket,
      @Value("${shop.signature-rounds}") int rounds) {
    this.seats = seats;
    this.basket = basket;
    this.rounds = rounds;
  }

  @GetMapping("/")
  List<Map<String, Object>> overview() {
    return with(seats.overview());
  }

  @GetMapping("/blocks/{block}")
  List<Map<String, Object>> block(@PathVariable int block) {
    return with(seats.block(block));
  }

  @PostMapping("/blocks/{block}/hold")
  ResponseEntity<Map<String, String>> hold(@PathVariable int block)
      throws GeneralSecurityException {
    Long seat = seats.hold(block);
    if (seat == null) {
      return ResponseEntity.status(409).body(Map.of("problem", "sold out"));
    }
    String order = seat + "-" + UUID.randomUUID();
    return ResponseEntity.ok(Map.of("order", order + "~" + signed(order)));
  }

  /** Takes the money for an order, from whichever pod it came. */
  @PostMapping("/orders/{order}/pay")
  ResponseEntity<Map<String, String>> pay(@PathVariable String order)
      throws GeneralSecurityException {
    int cut = order.indexOf('~');
    if (cut < 0 || !signed(order.substring(0, cut)).equals(order.substring(cut + 1))) {
      return ResponseEntity.status(404).body(Map.of("problem", "no such order"));
    }
    String id = order.substring(0, cut);
    seats.sell(id, Long.parseLong(id.substring(0, id.indexOf('-'))));
    return ResponseEntity.ok(Map.of("receipt", id));
  }

  /** The answer, with the memory that making it takes. */
  private <T> T with(T answer) {
    byte[] work = new byte[basket];
    Arrays.fill(work, (byte) 1);
    return work[basket - 1] == 1 ? answer : null;
  }

  private String signed(String order) throws GeneralSecurityException {
    PBEKeySpec spec =
        new PBEKeySpec(order.toCharArray(), "shop".getBytes(StandardCharsets.UTF_8), rounds, 256);
    SecretKeyFactory slow = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
    return HexFormat.of().formatHex(slow.generateSecret(spec).getEncoded());
  }
}
