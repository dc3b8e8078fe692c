package dev.usher.edge;

import dev.usher.page.WaitingPage;
import dev.usher.room.Decision;
import io.vertx.core.http.HttpServerRequest;

/** The answer to one who neither comes in nor waits: what is wrong, and what helps. */
final class TurnedAway {
  private static final WaitingPage.Link AGAIN = new WaitingPage.Link("", "Try again");

  private TurnedAway() {}

  static void answer(HttpServerRequest request, Decision.Why why, RoomRoute route) {
    int status = status(why, route);
    String detail = detail(why, route.room());
    boolean page =
        why != Decision.Why.NOT_JOINED
            && Navigation.is(request.method().name(), request.headers()::get)
            && Navigation.preferred(request.headers().get(Names.ACCEPT)) == Navigation.Answer.HTML;
    Answer answer =
        page
            ? Answer.page(status, WaitingPage.notice(title(why), detail, AGAIN))
            : Answer.of(status, Answer.problem(title(why), status, detail));
    request.response().headers().set(Names.RETRY_AFTER, retryAfter(why));
    if (page && why == Decision.Why.TOO_MANY_JOIN) {
      // The visitor need not do anything; a moment later it is their turn.
      request.response().headers().set("Refresh", "1");
    }
    answer.send(request);
  }

  private static String retryAfter(Decision.Why why) {
    return switch (why) {
      case NOT_JOINED, TOO_MANY_JOIN -> "1";
      case LINE_TOO_LONG -> "10";
      case PASS_SHARED -> "60";
    };
  }

  private static int status(Decision.Why why, RoomRoute route) {
    return switch (why) {
      case NOT_JOINED -> route.otherStatus();
      case LINE_TOO_LONG -> 503;
      case TOO_MANY_JOIN -> 429;
      case PASS_SHARED -> 403;
    };
  }

  private static String title(Decision.Why why) {
    return switch (why) {
      case NOT_JOINED -> "Join the line first";
      case LINE_TOO_LONG -> "The line is full";
      case TOO_MANY_JOIN -> "One moment, please";
      case PASS_SHARED -> "Used in too many places";
    };
  }

  private static String detail(Decision.Why why, String room) {
    return switch (why) {
      case NOT_JOINED ->
          "A waiting room stands before this address. Open the page in a browser, or POST to"
              + (" /_usher/join?room=" + room + " and send the ticket it gives with each request,")
              + " as the cookie it sets or in the header Usher-Ticket.";
      case LINE_TOO_LONG -> "As many people wait as this room takes. Please come back later.";
      case TOO_MANY_JOIN ->
          "Very many people join from your network at once. This page tries again by itself.";
      case PASS_SHARED ->
          "Your place came from more than four networks within a minute, and it is for one person."
              + " If it is yours, wait a minute and try again. If somebody gave it to you, clear"
              + " this site's cookies and take a place of your own.";
    };
  }
}
