package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.http.HeaderNames;
import dev.usher.http.NoticeAnswer;
import dev.usher.http.Problem;
import dev.usher.page.Ended;
import dev.usher.page.Notice;
import dev.usher.page.NoticePage;
import dev.usher.room.Decision;
import dev.usher.token.Pass;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The answer to a visitor who neither comes in nor waits: what is wrong, and what helps. */
final class TurnAwayAnswer {
  private TurnAwayAnswer() {}

  static void answer(HttpServerRequest request, Decision.Why why, RoomEndpoint door) {
    Problem problem = problem(why);
    int status = problem == Problem.NOT_JOINED ? door.route().otherStatus() : problem.status();
    int seconds = retryAfter(why);
    request.response().headers().set(HeaderNames.RETRY_AFTER, Integer.toString(seconds));
    if (why == Decision.Why.NOT_JOINED || !Navigation.wantsPage(request)) {
      Answer.of(problem, status, detail(why, door.route().room())).send(request);
      return;
    }
    NoticePage.Telling telling = NoticeAnswer.telling(request, problem);
    // The visitor need not do anything; the page tries again a moment later.
    boolean again = !telling.form() && passesSoon(why);
    NoticeAnswer.send(request, status, door.notices(), again ? telling.again(seconds) : telling);
  }

  private static boolean passesSoon(Decision.Why why) {
    return why == Decision.Why.TOO_MANY_JOIN
        || why == Decision.Why.TOO_MANY_OF_NETWORK
        || why == Decision.Why.LINE_TOO_LONG;
  }

  /**
   * Why the visit ended whose pass the visitor still has; null if there was none, or if the visitor
   * knows, having left or done what they came for.
   */
  static @Nullable Ended whyEnded(RoomEndpoint door, @Nullable Pass former) {
    if (former == null) {
      return null;
    }
    return switch (door.room().afterVisit().why(former)) {
      case IDLE -> Ended.IDLE;
      case AS_LONG_AS_ANY -> Ended.LONG;
      case ENDED -> null;
    };
  }

  /**
   * The answer to a form that a browser sent to a room with a line: the form is lost, but not
   * silently.
   */
  static void nothingSent(HttpServerRequest request, RoomEndpoint door, @Nullable Pass former) {
    String line = door.route().paths().get(0);
    NoticePage.Telling telling =
        new NoticePage.Telling(Notice.UNSENT, true, 0, whyEnded(door, former), null, line);
    request.response().headers().set(HeaderNames.RETRY_AFTER, "1");
    NoticeAnswer.send(request, door.route().otherStatus(), door.notices(), telling);
  }

  private static int retryAfter(Decision.Why why) {
    return switch (why) {
      case NOT_JOINED, TOO_MANY_JOIN, MOVED -> 1;
      case TOO_MANY_OF_NETWORK -> 2;
      case NOT_NOW -> 120;
      case LINE_TOO_LONG -> 10;
      case SOLD_OUT -> 60;
      case PASS_SHARED -> 60;
    };
  }

  private static Problem problem(Decision.Why why) {
    return switch (why) {
      case NOT_JOINED -> Problem.NOT_JOINED;
      case NOT_NOW -> Problem.NOT_NOW;
      case LINE_TOO_LONG -> Problem.LINE_TOO_LONG;
      case SOLD_OUT -> Problem.SOLD_OUT;
      case MOVED -> Problem.MOVED;
      case TOO_MANY_JOIN -> Problem.TOO_MANY_JOIN;
      case TOO_MANY_OF_NETWORK -> Problem.TOO_MANY_OF_NETWORK;
      case PASS_SHARED -> Problem.PASS_SHARED;
    };
  }

  private static String detail(Decision.Why why, String room) {
    return switch (why) {
      case NOT_JOINED ->
          "A waiting room stands before this address. Open the page in a browser, or POST to"
              + (" /_usher/join?room=" + room + " and send the ticket it gives with each request,")
              + " as the cookie it sets or in the header Usher-Ticket.";
      case NOT_NOW -> "People wait in line for this site. Please ask again later.";
      case SOLD_OUT -> "Everything is sold out, so nobody is let in any more.";
      case MOVED ->
          "The visitor goes on in another browser, which has the place now. Discard this ticket.";
      case LINE_TOO_LONG -> "As many people wait as this room takes. Please ask again later.";
      case TOO_MANY_JOIN ->
          "Very many people join from your address at once. Please ask again in a moment.";
      case TOO_MANY_OF_NETWORK ->
          "Very many people join from your network at once. Please ask again in a moment.";
      case PASS_SHARED ->
          "Your place came from more than four networks within a minute, and it is for one person."
              + " If it is yours, wait a minute and try again. If somebody gave it to you, clear"
              + " this site's cookies and take a place of your own.";
    };
  }
}
