package dev.usher.edge;

import dev.usher.edge.cookie.TokenCookies;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.http.LastResort;
import dev.usher.page.PlaceJson;
import dev.usher.page.Standing;
import dev.usher.proxy.RequestBody;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Spared;
import dev.usher.room.Visitor;
import dev.usher.room.Watching;
import dev.usher.server.VisitorConnection;
import dev.usher.store.upstream.LiveState;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to one room, from the tokens that the visitor shows to the answer. Confined to an
 * event loop.
 */
abstract class Visit implements Decision.Answers<@Nullable Void> {
  final RoomEndpoint door;
  final HttpServerRequest request;
  final Client client;
  Intent intent;
  final long now;
  final RoomEndpoint.Tokens tokens;

  // Rule zero: all that is known of one request; a record of it would be this class.
  Visit(RoomEndpoint door, HttpServerRequest request, Client client, Intent intent, long now) {
    this.door = door;
    this.request = request;
    this.client = client;
    this.intent = intent;
    this.now = now;
    this.tokens = door.read(request, client.secure(), now);
  }

  final void begin() {
    if (VisitorConnection.turnsAway(request, door.notices(), tokens.passValue() != null)) {
      return;
    }
    if (door.room().afterVisit().isStranger(tokens.passValue(), tokens.inLine())) {
      intent = ofStranger();
    }
    Pass former = tokens.formerValue();
    boolean finishes = former != null && door.finishes(request);
    Visitor visitor =
        new Visitor(intent, tokens.inLine(), tokens.passValue(), former, reads(), finishes);
    if (door.room().watching().letsBy(visitor)) {
      letBy();
      return;
    }
    door.room().decide(visitor, now).answer(this);
  }

  /**
   * What a visitor wants who shows nothing of this room that is worth anything. Not on the path of
   * every request.
   */
  Intent ofStranger() {
    return intent;
  }

  private boolean reads() {
    return (request.method().equals(HttpMethod.GET)
            && !request.headers().contains(HeaderNames.UPGRADE))
        || request.method().equals(HttpMethod.HEAD);
  }

  /** Lets a visitor without a session by, as the room only watches. */
  abstract void letBy();

  /**
   * Why the visitor has to wait a moment before they join: too many do from their address or their
   * network. Null if they need not.
   */
  final Decision.@Nullable Why joinsTooFast() {
    return isFromProxy() ? null : door.joins().refuse(client.inetAddress(), now);
  }

  @Override
  public final @Nullable Void takeNumber(Decision.TakeNumber d) {
    // A visitor who stands by has joined already, and so has the holder of a ticket of an earlier
    // epoch.
    Decision.Why tooFast = d.standsBy() == null ? joinsTooFast() : null;
    if (tooFast != null) {
      return door.room().away(tooFast).answer(this);
    }
    return when(door.room().number(d, now));
  }

  /**
   * Whether an admitted visitor is refused because too many have the same pass.
   *
   * @param address the address that the request comes from
   */
  final boolean sharesTooMuch(Decision.Admit d, InetAddress address) {
    boolean claims = d.fresh() && tokens.pass() == null && tokens.ticket() != null;
    boolean refused = door.shared().refuse(d, claims, isFromProxy() ? null : address, now);
    Watching watching = door.room().watching();
    if (refused && watching.isOn()) {
      watching.spared().count(Spared.What.PASS_SHARED);
      return false;
    }
    return refused;
  }

  /**
   * Whether the client is a trusted proxy, asking for itself or not telling for whom: that is not
   * one visitor.
   */
  private boolean isFromProxy() {
    return client.trusted() && client.address().equals(client.peer());
  }

  @Override
  public final @Nullable Void claimPlace(Decision.ClaimPlace d) {
    return when(door.room().claim(d.ticket(), intent, now));
  }

  @Override
  public final @Nullable Void resume(Decision.Resume d) {
    return when(door.room().resume(d, now));
  }

  private @Nullable Void when(CompletionStage<Decision> asked) {
    onceTold(door, request, asked, this::answered);
    return null;
  }

  /**
   * Goes on once the store has told, if the visitor is still there. It answers on a thread of its
   * own; the visitor is answered on the request's event loop.
   *
   * @param step gets what was told, or why nothing was
   */
  static <T> void onceTold(
      RoomEndpoint door,
      HttpServerRequest request,
      CompletionStage<T> asked,
      BiConsumer<T, Throwable> step) {
    Context loop = Objects.requireNonNull(Vertx.currentContext());
    RequestBody.holdUntilAnswered(request);
    asked.whenComplete(
        (told, failure) ->
            loop.runOnContext(
                v ->
                    LastResort.run(
                        request,
                        door.notices(),
                        unused -> {
                          if (!request.response().ended() && !request.response().closed()) {
                            step.accept(told, failure);
                          }
                        },
                        headers -> door.cors().mark(request, headers))));
  }

  private void answered(@Nullable Decision decision, @Nullable Throwable failure) {
    if (decision == null) {
      throw new IllegalStateException("A visit failed", failure);
    }
    decision.answer(this);
  }

  /** Gives the visitor the ticket, if it has changed, with the place they were last told. */
  final void giveTicket(InLine ticket, MultiMap headers) {
    RoomEndpoint.Token<InLine> old = tokens.ticket();
    if (old != null && old.value().equals(ticket)) {
      return;
    }
    give(TokenCookies.Kind.TICKET, door.tickets().sign(ticket), door.tickets().life(), headers);
  }

  final void give(TokenCookies.Kind kind, String token, Duration life, MultiMap headers) {
    if (tokens.byHeader()) {
      headers.set(
          kind == TokenCookies.Kind.PASS ? HeaderNames.USHER_PASS : HeaderNames.USHER_TICKET,
          token);
    } else {
      headers.add("Set-Cookie", door.cookies().set(kind, token, life.toSeconds(), client.secure()));
    }
  }

  /**
   * How long the browser keeps a pass: beyond its expiry, so that the visitor can be told of it.
   */
  final Duration kept(Pass pass) {
    return Duration.ofMillis(door.room().afterVisit().keptUntil(pass) - now);
  }

  /** Deletes a token that came by cookie; one sent by header is the client's own to forget. */
  final void forget(TokenCookies.Kind kind, MultiMap headers) {
    if (!tokens.byHeader()) {
      headers.add("Set-Cookie", door.cookies().forget(kind, client.secure()));
    }
  }

  /** Who is told by a page that the place is in another browser may take a new one here. */
  final void forgetIfMoved(Decision.TurnAway d) {
    if (d.why() == Decision.Why.MOVED && intent == Intent.NAVIGATE) {
      forget(TokenCookies.Kind.TICKET, request.response().headers());
    }
  }

  /** The standing in JSON, with the token that a client without cookies gets in the headers. */
  final byte[] json(Standing standing, MultiMap headers) {
    byte[] told = door.json().write(standing);
    if (!tokens.byHeader()) {
      return told;
    }
    String pass = headers.get(HeaderNames.USHER_PASS);
    return pass == null
        ? PlaceJson.with(told, "ticket", headers.get(HeaderNames.USHER_TICKET))
        : PlaceJson.with(told, "pass", pass);
  }

  final Standing standing(Decision.Wait wait) {
    return standing(door, wait);
  }

  /** How somebody stands who waits. */
  static Standing standing(RoomEndpoint door, Decision.Wait wait) {
    LiveState live = door.room().controls().now();
    Standing.State state =
        live.soldOut()
            ? Standing.State.SOLD_OUT
            : wait.called() ? Standing.State.CALLED : Standing.State.WAITING;
    boolean closed = door.room().line().closed();
    return new Standing(
        state,
        wait.ahead(),
        wait.askAgainMillis(),
        live.soldOut() ? Standing.Halt.NONE : halt(wait, closed),
        wait.countdown(),
        live.isLimited(),
        live.message(),
        closed || live.soldOut() ? null : wait.range());
  }

  private static Standing.Halt halt(Decision.Wait wait, boolean closed) {
    if (wait.held()) {
      return Standing.Halt.FAULT;
    }
    if (wait.paused()) {
      return Standing.Halt.PAUSED;
    }
    return closed ? Standing.Halt.NO_POD : Standing.Halt.NONE;
  }

  final HttpServerResponse waitingResponse(Decision.Wait wait) {
    HttpServerResponse response = request.response();
    String state = door.room().controls().now().soldOut() ? "sold_out" : "waiting";
    Answer.ours(response.headers()).set(HeaderNames.USHER_STATE, state);
    giveTicket(wait.inLine(), response.headers());
    return response;
  }
}
