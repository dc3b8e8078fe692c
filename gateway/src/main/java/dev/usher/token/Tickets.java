package dev.usher.token;

import dev.usher.store.Place;
import dev.usher.store.upstream.MoveStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Tickets as their visitors carry them: signed, compact, opaque to everyone else.
 *
 * <pre>
 * version 1 | kid length, kid | room length, room | epoch 8 | lane 1 | number 4
 *           | renewedAt 8 | lastShown 8 | HMAC-SHA-256 of all before, its first 16 bytes
 * </pre>
 *
 * <p>An {@link ArrivalTicket} is of version 2 and holds other numbers:
 *
 * <pre>
 * version 2 | kid length, kid | room length, room | arrivedAt 8 | replica 4 | sequence 4 | HMAC
 * </pre>
 *
 * <p>A renewed arrival ticket is of version 3 and also holds the time of its renewal:
 *
 * <pre>
 * version 3 | kid length, kid | room length, room | arrivedAt 8 | replica 4 | sequence 4
 *           | renewedAt 8 | HMAC
 * </pre>
 *
 * <p>A {@link Ticket} of a place that was moved to another browser is of version 4 and also holds
 * how often. Of version 5 is the link by which it is moved: the ticket that it is good for, with
 * the time at which it was made. So neither can be taken for the other.
 *
 * <pre>
 * version 4 or 5 | kid length, kid | room length, room | epoch 8 | lane 1 | number 4
 *                | renewedAt 8 | lastShown 8 | generation 1 | HMAC
 * </pre>
 *
 * <p>The layout has one spelling for one ticket: all numbers are of fixed width, big-endian. Half
 * of the HMAC is sent, as RFC 2104 (section 5) allows: a forger can only guess online, at one in
 * 2^128 a try, and every request of a waiting visitor is 22 characters shorter.
 */
public final class Tickets {
  private static final byte VERSION = 1;
  private static final byte ARRIVAL = 2;
  private static final byte RENEWED_ARRIVAL = 3;
  private static final byte MOVED = 4;
  private static final byte LINK = 5;
  private static final int MAC_BYTES = 16;
  private static final int NUMBERS_BYTES = 8 + 1 + 4 + 8 + 8;
  private static final int MOVED_BYTES = NUMBERS_BYTES + 1;
  private static final int ARRIVAL_BYTES = 8 + 4 + 4;
  private static final int RENEWED_BYTES = ARRIVAL_BYTES + 8;
  private static final int ROOM_MAX = 63;
  private static final int BYTES_MAX = 1 + 1 + Keys.ID_MAX + 1 + ROOM_MAX + MOVED_BYTES + MAC_BYTES;

  /** For so long after it was made a link to another browser is good. */
  public static final Duration LINK_LIFE = Duration.ofMinutes(10);

  /** No ticket is longer. */
  public static final int CHARS_MAX = (BYTES_MAX * 4 + 2) / 3;

  private final List<Keys.Key> keys;
  private final byte[][] ids;
  private final long life;

  /**
   * Per thread, because looking a MAC up and giving it its key costs as much as the check itself.
   */
  private final ThreadLocal<Mac[]> macs;

  /**
   * @param life time after its last renewal for which a ticket is valid
   */
  public Tickets(Keys keys, Duration life) {
    if (life.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A ticket's life must be at least 1 ms but was " + life + ": 24h is usual");
    }
    this.keys = keys.all();
    this.ids = this.keys.stream().map(key -> ascii(key.id())).toArray(byte[][]::new);
    this.life = life.toMillis();
    this.macs =
        ThreadLocal.withInitial(
            () -> this.keys.stream().map(key -> Keys.mac(key.forTickets())).toArray(Mac[]::new));
  }

  /** How long after its last renewal a ticket is valid. */
  public Duration life() {
    return Duration.ofMillis(life);
  }

  /** The ticket as text, signed with the first key. */
  public String sign(InLine inLine) {
    if (inLine instanceof ArrivalTicket arrival) {
      return sign(arrival);
    }
    Ticket ticket = (Ticket) inLine;
    // One spelling for each ticket; while it was not moved, the one that older gateways read.
    return sign(ticket, ticket.generation() > 0 ? MOVED : VERSION);
  }

  /** The link by which its visitor gets this ticket in another browser; made when it was given. */
  public String signLink(Ticket next) {
    return sign(next, LINK);
  }

  private String sign(Ticket ticket, byte version) {
    Place place = ticket.place();
    byte[] token = empty(place.room(), numbersOf(version));
    ByteBuffer numbers =
        begin(token, version, place.room())
            .putLong(place.epoch())
            .put((byte) place.lane())
            .putInt((int) place.number())
            .putLong(ticket.renewedAt())
            .putLong(ticket.lastShown());
    if (version != VERSION) {
      numbers.put((byte) ticket.generation());
    }
    return signed(token);
  }

  private String sign(ArrivalTicket arrival) {
    // One spelling for each ticket; while it is young, the one that older gateways read.
    boolean renewed = arrival.renewedAt() != arrival.arrivedAt();
    byte[] token = empty(arrival.room(), renewed ? RENEWED_BYTES : ARRIVAL_BYTES);
    ByteBuffer numbers =
        begin(token, renewed ? RENEWED_ARRIVAL : ARRIVAL, arrival.room())
            .putLong(arrival.arrivedAt())
            .putInt(arrival.replica())
            .putInt(arrival.sequence());
    if (renewed) {
      numbers.putLong(arrival.renewedAt());
    }
    return signed(token);
  }

  private byte[] empty(String room, int numbers) {
    return new byte[1 + 1 + ids[0].length + 1 + room.length() + numbers + MAC_BYTES];
  }

  private ByteBuffer begin(byte[] token, byte version, String name) {
    byte[] room = ascii(name);
    return ByteBuffer.wrap(token)
        .put(version)
        .put((byte) ids[0].length)
        .put(ids[0])
        .put((byte) room.length)
        .put(room);
  }

  private String signed(byte[] token) {
    int end = token.length - MAC_BYTES;
    System.arraycopy(mac(0, token, end), 0, token, end, MAC_BYTES);
    return Base64Url.encode(token);
  }

  /**
   * The ticket; null if it is not one of this room's, was altered, or its life is over.
   *
   * @param now milliseconds since 1970
   */
  public @Nullable InLine verify(String token, String room, long now) {
    InLine inLine = read(token, room, false);
    return inLine == null || now - inLine.renewedAt() >= life ? null : inLine;
  }

  /**
   * The ticket that a link to another browser is good for; null if it is not one of this room's,
   * was altered, or is too old.
   *
   * @param now milliseconds since 1970
   */
  public @Nullable Ticket verifyLink(String link, String room, long now) {
    return read(link, room, true) instanceof Ticket next
            && now - next.renewedAt() < LINK_LIFE.toMillis()
        ? next
        : null;
  }

  private @Nullable InLine read(String token, String room, boolean link) {
    // Before any work: a stranger chooses the length.
    if (token.length() > CHARS_MAX) {
      return null;
    }
    byte[] bytes = Base64Url.decode(token);
    int numbers = bytes == null || bytes.length < 2 ? 0 : numbersOf(bytes[0]);
    if (bytes == null || numbers == 0 || (bytes[0] == LINK) != link) {
      return null;
    }
    int idEnd = 2 + bytes[1];
    int roomEnd = idEnd + 1 + room.length();
    int signed = roomEnd + numbers;
    if (bytes[1] < 1 || bytes.length != signed + MAC_BYTES) {
      return null;
    }
    int key = keyOf(bytes, idEnd);
    if (key < 0 || bytes[idEnd] != room.length() || !isAt(bytes, idEnd + 1, room)) {
      return null;
    }
    byte[] expected = Arrays.copyOf(mac(key, bytes, signed), MAC_BYTES);
    if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, signed, bytes.length))) {
      return null;
    }
    ByteBuffer said = ByteBuffer.wrap(bytes, roomEnd, numbers);
    return bytes[0] == ARRIVAL || bytes[0] == RENEWED_ARRIVAL
        ? arrival(said, room)
        : ticket(said, room);
  }

  /** Length of the numbers of this version; 0 if there is no such version. */
  private static int numbersOf(byte version) {
    return switch (version) {
      case VERSION -> NUMBERS_BYTES;
      case MOVED, LINK -> MOVED_BYTES;
      case ARRIVAL -> ARRIVAL_BYTES;
      case RENEWED_ARRIVAL -> RENEWED_BYTES;
      default -> 0;
    };
  }

  private static @Nullable Ticket ticket(ByteBuffer numbers, String room) {
    Place place = Places.place(room, numbers.getLong(), numbers.get(), numbers.getInt());
    long renewedAt = numbers.getLong();
    long lastShown = numbers.getLong();
    boolean moved = numbers.hasRemaining();
    int generation = moved ? numbers.get() : 0;
    boolean possible = !moved || (generation > 0 && generation <= MoveStore.MOVES_MAX);
    return place == null || renewedAt < 0 || lastShown < 0 || !possible
        ? null
        : new Ticket(place, renewedAt, lastShown, generation);
  }

  private static @Nullable ArrivalTicket arrival(ByteBuffer numbers, String room) {
    long arrivedAt = numbers.getLong();
    int replica = numbers.getInt();
    int sequence = numbers.getInt();
    long renewedAt = numbers.hasRemaining() ? numbers.getLong() : arrivedAt;
    return arrivedAt < 0 || sequence < 0 || renewedAt < 0
        ? null
        : new ArrivalTicket(room, arrivedAt, replica, sequence, renewedAt);
  }

  private int keyOf(byte[] bytes, int idEnd) {
    for (int key = 0; key < ids.length; key++) {
      if (Arrays.equals(bytes, 2, idEnd, ids[key], 0, ids[key].length)) {
        return key;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] bytes, int at, String room) {
    for (int i = 0; i < room.length(); i++) {
      if (bytes[at + i] != room.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private byte[] mac(int key, byte[] bytes, int length) {
    Mac mac = macs.get()[key];
    mac.update(bytes, 0, length);
    return mac.doFinal();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "Tickets" + keys;
  }
}
