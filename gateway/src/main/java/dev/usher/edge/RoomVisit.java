package dev.usher.edge;

import dev.usher.page.Standing;
import dev.usher.page.WaitingPage;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.RequestClass;
import dev.usher.room.Spared;
import dev.usher.room.Watching;
import dev.usher.token.Pass;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request for something behind a room: passed on for who is admitted, the page for who waits. */
final class RoomVisit extends Visit {
  /** The first page comes with all its parts; after that, people read. */
  private static final long FIRST_MILLIS = 5000;

  private final Proxy proxy;
  private final InetAddress address;
  private final long bodyBytes;

  RoomVisit(RoomDoor door, HttpServerRequest request, Client client, Onward onward) {
    super(door, request, client, intent(request), onward.now());
    this.proxy = onward.proxy();
    this.address = onward.address();
    this.bodyBytes = onward.bodyBytes();
  }

  /** Where an admitted visitor's request goes, and from where and when it came. */
  record Onward(Proxy proxy, long bodyBytes, InetAddress address, long now) {}

  private static Intent intent(HttpServerRequest request) {
    // A body could not wait for the store's answer; nobody goes to a page with one.
    return Navigation.is(request.method().name(), request.headers()::get) && !hasBody(request)
        ? Intent.NAVIGATE
        : Intent.OTHER;
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.headers().get(Names.CONTENT_LENGTH);
    return (length != null && !length.equals("0"))
        || request.headers().contains(Names.TRANSFER_ENCODING);
  }

  @Override
  public @Nullable Void admit(Decision.Admit d) {
    if (sharesTooMuch(d, address)) {
      return door.room().away(Decision.Why.PASS_SHARED).answer(this);
    }
    Pass pass = d.pass();
    RoomDoor.Token<Pass> shown = tokens.pass();
    String known = shown == null || d.fresh() ? null : shown.text();
    String token = known == null ? door.passes().sign(pass) : known;
    RequestClass kind =
        now - pass.admittedAt() < FIRST_MILLIS ? RequestClass.FIRST : RequestClass.SETTLED;
    Passage.AnswerHook hook =
        (status, headers, ends) -> {
          headers.set(Names.USHER_STATE, Names.ADMITTED);
          if (ends) {
            endSession(pass, status, headers);
          } else if (known == null) {
            givePass(pass, token, status, headers);
          }
        };
    Spared spared = spared();
    Turn turn =
        Turn.ofSession(door.turns(), pass.place(), door.route().bounds().inFlight())
            .sparing(spared);
    proxy.forward(request, new Passage(client, kind, token, hook, bodyBytes, turn, spared));
    return null;
  }

  /** Counts what is not done, while the room only watches. */
  private @Nullable Spared spared() {
    Watching watching = door.room().watching();
    return watching.isOn() ? watching.spared() : null;
  }

  /** The session begins with the answer, if that can carry the pass: till then nobody is inside. */
  @Override
  void letBy() {
    Watching watching = door.room().watching();
    if (intent == Intent.OTHER) {
      watching.spared().count(Spared.What.NOT_JOINED);
    } else if (joinsTooFast()) {
      watching.spared().count(Spared.What.TOO_MANY_JOIN);
    }
    boolean keeps = intent == Intent.NAVIGATE || keepsCookies();
    Passage.AnswerHook hook =
        (status, headers, ends) -> {
          boolean begins = keeps && !ends && status < 500;
          if (begins && mayCarryCookie(CacheRule.Wanted.SOON, status, headers)) {
            headers.set(Names.USHER_STATE, Names.ADMITTED);
            Pass pass = watching.begin(tokens.inLine(), now).pass();
            putPass(pass, door.passes().sign(pass), headers);
          }
        };
    RequestClass kind = keeps ? RequestClass.FIRST : RequestClass.ROOMLESS;
    proxy.forward(
        request, new Passage(client, kind, null, hook, bodyBytes).sparing(watching.spared()));
  }

  /** Whether whoever asks is seen to keep cookies: else each request would begin a session. */
  private boolean keepsCookies() {
    String site = request.headers().get("Sec-Fetch-Site");
    return request.headers().contains(Names.COOKIE)
        || "same-origin".equals(site)
        || "same-site".equals(site);
  }

  private void endSession(Pass pass, int status, MultiMap headers) {
    // Nobody waits for the store: a session that it did not hear of ends by its time-out.
    var unused = door.room().leave(pass.place());
    if (mayCarryCookie(CacheRule.Wanted.NOW, status, headers)) {
      forget(TokenCookies.Kind.PASS, headers);
      if (tokens.ticket() != null) {
        forget(TokenCookies.Kind.TICKET, headers);
      }
    }
  }

  private void givePass(Pass pass, String token, int status, MultiMap headers) {
    RoomDoor.Token<Pass> old = tokens.pass();
    CacheRule.Wanted wanted =
        old == null
            ? CacheRule.Wanted.NOW
            : CacheRule.renewal(old.value().issuedAt(), old.value().expiresAt(), now);
    if (!mayCarryCookie(wanted, status, headers)) {
      return;
    }
    putPass(pass, token, headers);
  }

  private void putPass(Pass pass, String token, MultiMap headers) {
    give(TokenCookies.Kind.PASS, token, Duration.ofMillis(pass.expiresAt() - now), headers);
    if (tokens.ticket() != null) {
      forget(TokenCookies.Kind.TICKET, headers);
    }
  }

  /** Whether the answer may carry a cookie; if it may only when no cache keeps it, none does. */
  private boolean mayCarryCookie(CacheRule.Wanted wanted, int status, MultiMap headers) {
    String method = request.method().name();
    CacheRule.Answer answer =
        door.room().watching().isOn()
            ? CacheRule.whileWatching(
                method, status, name -> joined(headers, name), intent == Intent.NAVIGATE)
            : CacheRule.decide(method, status, name -> joined(headers, name), wanted);
    if (answer.cacheControl() != null) {
      headers.set(Names.CACHE_CONTROL, answer.cacheControl());
      headers.remove("Expires");
      CacheRule.TARGETED.forEach(headers::remove);
    }
    return answer.action() != CacheRule.Action.WAIT;
  }

  private static @Nullable String joined(MultiMap headers, String name) {
    List<String> lines = headers.getAll(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  @Override
  public @Nullable Void keepWaiting(Decision.Wait d) {
    Standing standing = standing(d);
    HttpServerResponse response = waitingResponse(d);
    response.headers().set(Names.RETRY_AFTER, Long.toString(standing.retryAfterSeconds()));
    if (intent == Intent.NAVIGATE
        && Navigation.preferred(request.headers().get(Names.ACCEPT)) == Navigation.Answer.HTML) {
      response.setStatusCode(door.route().pageStatus());
      response
          .headers()
          .set(Names.CONTENT_TYPE, "text/html; charset=utf-8")
          .set("Content-Security-Policy", WaitingPage.CONTENT_SECURITY_POLICY)
          .set("Vary", "Accept");
      Answer.end(response, Buffer.buffer(door.page().write(standing)));
    } else {
      response.setStatusCode(door.route().otherStatus());
      response.headers().set(Names.CONTENT_TYPE, "application/json");
      Answer.end(response, Buffer.buffer(door.json().write(standing)));
    }
    return null;
  }

  @Override
  public @Nullable Void turnAway(Decision.TurnAway d) {
    TurnedAway.answer(request, d.why(), door.route());
    return null;
  }
}
