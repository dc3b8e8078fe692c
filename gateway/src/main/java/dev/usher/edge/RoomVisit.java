package dev.usher.edge;

import dev.usher.accept.Accept;
import dev.usher.edge.cookie.CacheRule;
import dev.usher.edge.cookie.TokenCookies;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.http.NoticeAnswer;
import dev.usher.page.Standing;
import dev.usher.page.WaitingPage;
import dev.usher.pods.RequestClass;
import dev.usher.proxy.ForwardedRequest;
import dev.usher.proxy.HeardInside;
import dev.usher.proxy.Proxy;
import dev.usher.proxy.RequestBody;
import dev.usher.proxy.turn.Addresses;
import dev.usher.proxy.turn.Turn;
import dev.usher.room.AfterVisit;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Spared;
import dev.usher.room.Watching;
import dev.usher.store.Place;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request for something behind a room: forwarded for an admitted visitor, answered with the page
 * for a waiting one.
 */
final class RoomVisit extends Visit {
  /**
   * How long a session counts as loading its first page, with all its parts; after that, people
   * read.
   */
  private static final long FIRST_MILLIS = 5000;

  private static final Map<Decision.Leave, String> STATES =
      Map.of(
          Decision.Leave.ROOM_IS_FREE, "free",
          Decision.Leave.JUST_ENDED, "ended",
          Decision.Leave.FINISHING, "finishing");

  private final Proxy proxy;
  private final InetAddress address;
  private final long bodyBytes;
  private final LongSupplier clock;

  RoomVisit(RoomEndpoint door, HttpServerRequest request, Client client, Onward onward) {
    super(door, request, client, intent(request), onward.clock().getAsLong());
    this.clock = onward.clock();
    this.proxy = onward.proxy();
    this.address = onward.address();
    this.bodyBytes = onward.bodyBytes();
  }

  /** Where an admitted visitor's request goes, where it came from, and the clock. */
  record Onward(Proxy proxy, long bodyBytes, InetAddress address, LongSupplier clock) {}

  private static Intent intent(HttpServerRequest request) {
    // A body could not wait for the store's answer, and no browser opens a page with one.
    return Navigation.is(request.method().name(), request.headers()::get)
            && !RequestBody.isTold(request)
        ? Intent.NAVIGATE
        : Intent.ENTER;
  }

  @Override
  Intent ofStranger() {
    // An upgraded connection would go on for long, and its answer carries no pass.
    return request.headers().contains(HeaderNames.UPGRADE)
        ? Intent.LOOK
        : Errand.of(request, intent == Intent.NAVIGATE);
  }

  @Override
  public @Nullable Void admit(Decision.Admit d) {
    if (sharesTooMuch(d, address)) {
      return door.room().away(Decision.Why.PASS_SHARED).answer(this);
    }
    Pass pass = d.pass();
    RoomEndpoint.Token<Pass> shown = tokens.pass();
    String known = shown == null || d.fresh() ? null : shown.text();
    String token = known == null ? door.passes().sign(pass) : known;
    RequestClass kind =
        now - pass.admittedAt() < FIRST_MILLIS ? RequestClass.FIRST : RequestClass.SETTLED;
    Spared spared = spared();
    Turn turn =
        Turn.ofSession(door.turns(), pass.place(), door.route().bounds().inFlight())
            .from(pass.pod())
            .sparing(spared);
    ForwardedRequest.AnswerHook own =
        (status, headers, ends) -> {
          door.stock().hear(request, headers, now);
          headers.set(HeaderNames.USHER_STATE, HeaderNames.ADMITTED);
          // Only now is it known which pod the request went to.
          boolean moves = turn.went() != 0 && turn.went() != pass.pod();
          Pass stays = moves ? pass.on(turn.went()) : pass;
          if (ends) {
            endSession(stays, status, headers);
          } else if (known == null || moves) {
            givePass(stays, moves ? door.passes().sign(stays) : token, status, headers);
          }
        };
    ForwardedRequest.AnswerHook hook = door.cors().around(request, own);
    Runnable heard = talks() ? HeardInside.by(door.room(), pass, clock) : null;
    proxy.forward(
        request,
        new ForwardedRequest(client, kind, token, hook, bodyBytes, turn, spared, heard)
            .noticed(door.notices()));
    return null;
  }

  @Override
  public @Nullable Void passBy(Decision.PassBy d) {
    Place of = d.of();
    Turn turn =
        of == null
            ? proxy.turnOf(Addresses.Nobodys.WHILE_FREE, address)
            : LastTurns.of(door, of, d.leave(), tokens.formerValue()).from(pod());
    ForwardedRequest.AnswerHook own =
        (status, headers, ends) -> {
          door.stock().hear(request, headers, now);
          headers.set(HeaderNames.USHER_STATE, STATES.get(d.leave()));
          if (of != null && d.leave() == Decision.Leave.FINISHING) {
            finished(status, headers, ends);
          }
        };
    ForwardedRequest.AnswerHook hook = door.cors().around(request, own);
    proxy.forward(
        request,
        new ForwardedRequest(
                client, RequestClass.ROOMLESS, null, hook, bodyBytes, turn, spared(), null)
            .noticed(door.notices()));
    return null;
  }

  /** The pod that the session is or was on; 0 if it does not stay on any. */
  private long pod() {
    Pass pass = tokens.passValue() == null ? tokens.formerValue() : tokens.passValue();
    return pass == null ? 0 : pass.pod();
  }

  /**
   * Ends the visit after the bank's form went on; what its answer leads to goes on too, and nothing
   * else.
   */
  private void finished(int status, MultiMap headers, boolean ends) {
    Pass former = tokens.formerValue();
    // Not after an answer that no pod gave, or a refusal: that request is sent again.
    if (former != null && status < 400 && (ends || !door.namesFinish())) {
      // The end is told to every replica, or a copy of the pass could finish again and again.
      var unused = door.room().end(former.place(), now);
      if (mayCarryCookie(CacheRule.Wanted.NOW, status, headers)) {
        sayFarewell(former, headers);
      }
    }
  }

  private void sayFarewell(Pass pass, MultiMap headers) {
    Pass farewell = afterVisit().farewell(pass, now);
    give(
        TokenCookies.Kind.PASS,
        door.passes().sign(farewell),
        Duration.ofMillis(AfterVisit.FAREWELL_MILLIS),
        headers);
  }

  /** Whether the visitor may send more than the head. */
  private boolean talks() {
    return !request.method().equals(HttpMethod.GET)
        || request.headers().contains(HeaderNames.UPGRADE);
  }

  private AfterVisit afterVisit() {
    return door.room().afterVisit();
  }

  /** The counter of what is not done while the room only watches; null if it guards. */
  private @Nullable Spared spared() {
    Watching watching = door.room().watching();
    return watching.isOn() ? watching.spared() : null;
  }

  /**
   * Lets the request by. The session begins with the answer, if that can carry the pass; until then
   * the visitor is not inside.
   */
  @Override
  void letBy() {
    Watching watching = door.room().watching();
    Decision.Why why = intent == Intent.NAVIGATE ? joinsTooFast() : Decision.Why.NOT_JOINED;
    if (why != null) {
      watching.spared().count(why);
    }
    boolean keeps = intent == Intent.NAVIGATE || tokens.byHeader() || keepsCookies();
    ForwardedRequest.AnswerHook own =
        (status, headers, ends) -> {
          door.stock().hear(request, headers, now);
          boolean begins = keeps && !ends && status < 500;
          if (begins && mayCarryCookie(CacheRule.Wanted.SOON, status, headers)) {
            headers.set(HeaderNames.USHER_STATE, HeaderNames.ADMITTED);
            Pass pass = watching.begin(tokens.inLine(), now).pass();
            putPass(pass, door.passes().sign(pass), headers);
          }
        };
    ForwardedRequest.AnswerHook hook = door.cors().around(request, own);
    RequestClass kind = keeps ? RequestClass.FIRST : RequestClass.ROOMLESS;
    proxy.forward(
        request,
        new ForwardedRequest(client, kind, null, hook, bodyBytes)
            .sparing(watching.spared())
            .noticed(door.notices()));
  }

  /** Whether the client is known to keep cookies; each request of others would begin a session. */
  private boolean keepsCookies() {
    String site = request.headers().get("Sec-Fetch-Site");
    return request.headers().contains(HeaderNames.COOKIE)
        || "same-origin".equals(site)
        || "same-site".equals(site);
  }

  private void endSession(Pass pass, int status, MultiMap headers) {
    // Nobody waits for the store: a session of whose end it does not hear ends by its time-out.
    var unused = door.room().end(pass.place(), now);
    if (mayCarryCookie(CacheRule.Wanted.NOW, status, headers)) {
      sayFarewell(pass, headers);
      if (tokens.ticket() != null) {
        forget(TokenCookies.Kind.TICKET, headers);
      }
    }
  }

  private void givePass(Pass pass, String token, int status, MultiMap headers) {
    RoomEndpoint.Token<Pass> old = tokens.pass();
    CacheRule.Wanted wanted =
        old == null || old.value().pod() != pass.pod()
            ? CacheRule.Wanted.NOW
            : CacheRule.renewal(old.value().issuedAt(), old.value().expiresAt(), now);
    if (!mayCarryCookie(wanted, status, headers)) {
      return;
    }
    putPass(pass, token, headers);
  }

  private void putPass(Pass pass, String token, MultiMap headers) {
    give(TokenCookies.Kind.PASS, token, kept(pass), headers);
    if (tokens.ticket() != null) {
      forget(TokenCookies.Kind.TICKET, headers);
    }
  }

  /**
   * Whether the answer may carry a cookie. If it may only once no cache keeps it, that is arranged
   * here.
   */
  private boolean mayCarryCookie(CacheRule.Wanted wanted, int status, MultiMap headers) {
    String method = request.method().name();
    CacheRule.Answer answer =
        door.room().watching().isOn()
            ? CacheRule.whileWatching(
                method, status, name -> joined(headers, name), intent == Intent.NAVIGATE)
            : CacheRule.decide(method, status, name -> joined(headers, name), wanted);
    if (answer.cacheControl() != null) {
      headers.set(HeaderNames.CACHE_CONTROL, answer.cacheControl());
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
    door.cors().mark(request, response.headers());
    response.headers().set(HeaderNames.RETRY_AFTER, Long.toString(standing.retryAfterSeconds()));
    if (intent == Intent.NAVIGATE
        && !Accept.prefersJson(request.headers().get(HeaderNames.ACCEPT))) {
      PageAnswer.send(door, request, standing, view(d));
    } else if (Navigation.sends(request.method()) && Navigation.wantsPage(request)) {
      TurnAwayAnswer.nothingSent(request, door, tokens.formerValue());
    } else {
      response.setStatusCode(door.route().otherStatus());
      response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
      Answer.end(response, Buffer.buffer(json(standing, response.headers())));
    }
    return null;
  }

  private WaitingPage.View view(Decision.Wait d) {
    WaitingPage.LineNumber number =
        d.inLine() instanceof Ticket ticket
            ? new WaitingPage.LineNumber(ticket.place().epoch(), ticket.place().number())
            : null;
    return new WaitingPage.View(
        NoticeAnswer.choice(request),
        number,
        TurnAwayAnswer.whyEnded(door, tokens.formerValue()),
        Navigation.isFrame(request.headers().get("Sec-Fetch-Dest")));
  }

  @Override
  public @Nullable Void turnAway(Decision.TurnAway d) {
    door.cors().mark(request, request.response().headers());
    forgetIfMoved(d);
    if (d.why() == Decision.Why.NOT_JOINED
        && Navigation.sends(request.method())
        && Navigation.wantsPage(request)) {
      TurnAwayAnswer.nothingSent(request, door, tokens.formerValue());
    } else {
      TurnAwayAnswer.answer(request, d.why(), door);
    }
    return null;
  }
}
