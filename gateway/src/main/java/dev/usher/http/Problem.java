package dev.usher.http;

import dev.usher.page.Notice;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonObject;

/**
 * A kind of problem, as problem details (RFC 9457) name it: a type that programs compare, the
 * status it usually comes with, and a title for people. {@code docs/problems.md} lists them all.
 */
public enum Problem {
  // A request that could not be read, or must not be.
  MALFORMED(400, "Bad request", Notice.UNCLEAR),
  VERSION(505, "Unknown version of HTTP", Notice.UNCLEAR),
  TARGET_TOO_LONG(414, "The address is too long", Notice.ADDRESS),
  HEAD_TOO_LARGE(431, "The request's head is too large", Notice.COOKIES),
  TOO_MANY_CONNECTIONS(503, "The site is very busy", Notice.CONNECTIONS),

  // Requests whose destination is the problem.
  UNCLEAR_ADDRESS(400, "Unclear address", Notice.UNCLEAR),
  MISDIRECTED(421, "Not served here", Notice.ELSEWHERE),
  NOTHING_HERE(404, "Nothing here", Notice.NOTHING),

  // Requests that a room turns away.
  NOT_JOINED(503, "Join the line first"),
  NOT_NOW(503, "Not at this moment", Notice.LATER),
  SOLD_OUT(503, "Sold out", Notice.SOLD),
  LINE_TOO_LONG(503, "The line is full", Notice.FULL),
  TOO_MANY_JOIN(429, "One moment, please", Notice.CROWD),
  TOO_MANY_OF_NETWORK(429, "One moment, please", Notice.CROWD),
  PASS_SHARED(403, "Used in too many places", Notice.SHARED),
  MOVED(410, "In another browser", Notice.MOVED),
  NOTHING_TO_MOVE(409, "Nothing to move", Notice.UNMOVED),
  PLACE_HERE(409, "You have a place here", Notice.HELD),
  LINK_ON_PAGE(403, "Only on a page"),
  LINK_SPENT(410, "The link is spent", Notice.SPENT),
  POLL_INSTEAD(503, "Ask by polling"),

  // Usher's own paths and the operators' port.
  NO_SUCH_PATH(404, "No such path"),
  WRONG_METHOD(405, "Wrong method"),
  FOREIGN_SITE(403, "Not from here"),
  UNCLEAR_QUERY(400, "Unclear query"),
  NO_SUCH_ROOM(404, "No such room"),
  NO_SUCH_UPSTREAM(404, "No such upstream"),
  NUMBER_UNKNOWN(503, "Not known now"),
  WHICH_ROOM(400, "Which room?"),
  BODY_TOO_LONG(413, "Too long"),
  NO_TOKEN_SET(403, "Nobody may do this"),
  WRONG_TOKEN(401, "Not an operator's token"),
  NO_SUCH_CONTROL(404, "No such control"),
  UNCLEAR_WISH(400, "Unclear wish"),
  NOT_CONFIRMED(409, "Not confirmed"),
  ROOM_SHUT(409, "The room is shut"),
  CHANGED_MEANWHILE(409, "Changed meanwhile"),
  WHICH_SESSION(400, "Whose session?"),
  NOT_A_PASS(400, "Not a pass of this room"),
  STORE_AWAY(503, "The store does not answer"),

  // An admitted request that no pod answered.
  NO_SLOT(503, "The service cannot answer now", Notice.BUSY),
  OWN_POD_BUSY(503, "The service is busy", Notice.BUSY),
  TOO_MANY_AT_ONCE(429, "Too many requests at once", Notice.MANY),
  TOO_MANY_FROM_ADDRESS(429, "Too many requests at once", Notice.MANY),
  TOO_MANY_STRANGERS(429, "Too many requests at once", Notice.MANY),
  SENT_ALREADY(409, "This was sent already", Notice.TWICE),
  STREAMS_FULL(503, "Too many streams", Notice.BUSY),
  CONNECT_FAILED(502, "The service cannot be reached", Notice.AWAY),
  CONNECTION_BROKEN(502, "The service broke off", Notice.BROKEN),
  BAD_ANSWER(502, "The service answered badly", Notice.BROKEN),
  TIMED_OUT(504, "The service did not answer in time", Notice.SLOW),
  BODY_TOO_LARGE(413, "The request is too large", Notice.LARGE),
  VISITOR_STALLED(408, "The request did not arrive in time", Notice.STALLED),
  VISITOR_LEFT(499, "The visitor left", Notice.STALLED),

  /** Usher's own fault, wherever it was asked. */
  INTERNAL_ERROR(500, "Internal error");

  /** The media type of problem details. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPES = "/problems/";

  private final String type;
  private final int status;
  private final String title;
  private final Notice notice;

  /** A problem that only programs meet, or that a person can do nothing about. */
  Problem(int status, String title) {
    this(status, title, Notice.FAULT);
  }

  Problem(int status, String title, Notice notice) {
    this.type = TYPES + EnumWords.lower(this).replace('_', '-');
    this.status = status;
    this.title = title;
    this.notice = notice;
  }

  /**
   * The type that programs compare: a reference that never changes, and that need not lead
   * anywhere.
   */
  public String type() {
    return type;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What a person is told of it. */
  public Notice notice() {
    return notice;
  }

  /** The problem details, with what is particular to this case. */
  public JsonObject details(String detail) {
    return details(status, detail);
  }

  /** The problem details with a status that a setting decides. */
  public JsonObject details(int asked, String detail) {
    return new JsonObject()
        .put("type", type)
        .put("title", title)
        .put("status", asked)
        .put("detail", detail);
  }
}
