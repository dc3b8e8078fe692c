package dev.usher.edge.route;

import dev.usher.http.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a room guards, and how its visitors are answered.
 *
 * @param room the room's name
 * @param upstream the upstream behind it
 * @param hosts hosts it guards, lower-case; empty for all
 * @param paths path prefixes it guards, each beginning with a slash; matched by whole segments
 * @param finish path prefixes by which visitors finish after their session has ended by itself
 * @param origins of other hosts' pages that may call what it guards, such as https://example.com
 * @param stock path prefixes whose answers may say that everything is sold out
 * @param bypass requests that skip the queue
 * @param cookies how its cookies are set
 * @param pageStatus status of the waiting page, 200 by default
 * @param otherStatus status of every other answer to a waiting visitor, 429 by default
 * @param bounds limits of one visitor
 */
public record RoomRoute(
    String room,
    String upstream,
    List<String> hosts,
    List<String> paths,
    List<String> finish,
    List<String> origins,
    List<String> stock,
    Bypass bypass,
    Cookies cookies,
    int pageStatus,
    int otherStatus,
    Bounds bounds) {
  /** A room without paths to finish by or to tell the stock, and without pages of other hosts. */
  // Rule zero: the record without its less common settings.
  public RoomRoute(
      String room,
      String upstream,
      List<String> hosts,
      List<String> paths,
      Bypass bypass,
      Cookies cookies,
      int pageStatus,
      int otherStatus,
      Bounds bounds) {
    this(
        room,
        upstream,
        hosts,
        paths,
        List.of(),
        List.of(),
        List.of(),
        bypass,
        cookies,
        pageStatus,
        otherStatus,
        bounds);
  }

  /**
   * Requests that skip the queue; any one match is enough.
   *
   * @param paths path prefixes, such as those of health checks and payment callbacks
   * @param methods HTTP methods, upper-case
   * @param from blocks of client addresses
   */
  public record Bypass(List<String> paths, List<String> methods, List<Cidr> from) {
    public static final Bypass NONE = new Bypass(List.of(), List.of(), List.of());
  }

  /**
   * How the room's cookies are set.
   *
   * @param sameSite null for the default: None under TLS, because a payment provider's cross-site
   *     POST back must not lose the pass, else Lax
   * @param domain the cookies' domain if the room spans hosts; null otherwise
   * @param partitioned whether a frame has cookies of its own for each site that shows it
   */
  public record Cookies(@Nullable SameSite sameSite, @Nullable String domain, boolean partitioned) {
    public static final Cookies DEFAULT = new Cookies(null, null, false);
  }

  /**
   * Limits of one visitor, so that enough is left for everyone else.
   *
   * @param inFlight requests of one session on their way at once
   * @param joins how fast visitors may join
   * @param refusesShared whether a pass is refused in the fifth network within a minute
   */
  public record Bounds(int inFlight, Joins joins, boolean refusesShared) {
    public static final Bounds DEFAULT = new Bounds(10, Joins.DEFAULT, false);
  }

  /**
   * How fast visitors may join from where.
   *
   * @param perAddress visitors from one address who may join a second, 0 for no limit
   * @param perNetwork visitors from one network who may join a second, 0 for no limit
   * @param unlimitedFrom blocks of addresses for which neither holds
   */
  public record Joins(int perAddress, int perNetwork, List<Cidr> unlimitedFrom) {
    public static final Joins DEFAULT = new Joins(200, 1000, List.of());
  }

  /** The cookie attribute of that name. */
  public enum SameSite {
    STRICT("Strict"),
    LAX("Lax"),
    NONE("None");

    private final String attribute;

    SameSite(String attribute) {
      this.attribute = attribute;
    }

    /** As written in a Set-Cookie header. */
    public String attribute() {
      return attribute;
    }
  }
}
