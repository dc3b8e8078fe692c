package dev.usher.cli.drill.crowd;

import dev.usher.cli.drill.http.CookieJar;
import dev.usher.cli.drill.http.HttpAnswer;
import dev.usher.cli.drill.http.HttpConnection;
import dev.usher.cli.drill.http.HttpRequest;
import dev.usher.cli.drill.http.Requests;
import dev.usher.cli.drill.http.ResponseHead;
import dev.usher.cli.drill.http.Trouble;
import dev.usher.forecast.WaitDiary;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One visitor of the crowd: opens the page, waits as told, comes in when called, looks around, and
 * leaves. Lives on one event loop.
 */
final class CrowdVisitor implements WakeQueue.Sleeper, HttpConnection.Owner {
  /** Seconds until the next question if the answer does not say. */
  private static final double ASK_AGAIN = 2;

  private enum Step {
    COMING,
    OPENING,
    WAITING,
    ASKING,
    INSIDE,
    READING,
    LEAVING,
    GONE
  }

  private final LoopCrowd squad;
  private final Behaviour habits;
  private final CookieJar jar = new CookieJar();
  private final HttpConnection connection;
  private final Requests requests;
  private final Whims whims;
  private final long arriveAt;
  private Step step = Step.COMING;
  private long wakeAt;
  private long askedAt;
  private long goAt;
  private int reloads;
  private final Set<Count> done = EnumSet.noneOf(Count.class);
  private final WaitDiary diary = new WaitDiary();
  private long lastPosition = Long.MAX_VALUE;
  private boolean inLine;

  CrowdVisitor(LoopCrowd squad, Requests requests, long arriveAt, long seed) {
    this.squad = squad;
    this.habits = squad.habits();
    this.requests = requests;
    this.arriveAt = arriveAt;
    this.wakeAt = arriveAt;
    this.whims = new Whims(squad.habits(), seed);
    this.connection = squad.connection(this, requests, jar);
  }

  @Override
  public long wakeAt() {
    return wakeAt;
  }

  @Override
  public void wake(long now) {
    switch (step) {
      case COMING -> come(now);
      case WAITING -> ask();
      case INSIDE -> lookOrLeave(now);
      case GONE -> {}
      case OPENING, ASKING, READING, LEAVING -> {
        connection.close();
        failed(Trouble.NO_ANSWER);
      }
    }
  }

  /** Goes home at once, without a word. */
  void stop() {
    leaveLine();
    gone();
  }

  @Override
  public void connected() {
    if (first(Count.CONNECTED)) {
      squad.time(Timing.CONNECT, squad.now() - arriveAt);
    }
  }

  @Override
  public void resent() {
    squad.count(Count.RESENT);
  }

  @Override
  public void answered(HttpAnswer answer) {
    ResponseHead head = answer.head();
    if (head.status() >= 400) {
      squad.refused(head.status());
    }
    if (head.status() >= 500) {
      failed(Trouble.SERVER_ERROR);
      return;
    }
    if (first(Count.ANSWERED)) {
      squad.time(Timing.FIRST_ANSWER, squad.now() - arriveAt);
    }
    switch (step) {
      case OPENING -> opened(head);
      case ASKING -> told(answer);
      case READING -> read(head);
      default -> gone();
    }
  }

  @Override
  public void failed(Trouble trouble) {
    squad.count(trouble);
    first(Count.TROUBLED);
    switch (step) {
      case ASKING -> sleep(Step.WAITING, ASK_AGAIN); // the ticket is still in hand
      case READING -> sleep(Step.INSIDE, whims.think());
      case OPENING -> reload();
      default -> gone();
    }
  }

  /** Counts something that counts once for each visitor. Returns whether this was that once. */
  private boolean first(Count what) {
    boolean first = done.add(what);
    if (first) {
      squad.count(what);
    }
    return first;
  }

  private void come(long now) {
    if (first(Count.ARRIVED)) {
      squad.time(Timing.SCHEDULE_LATENESS, now - arriveAt);
    }
    send(Step.OPENING, requests.page());
  }

  private void lookOrLeave(long now) {
    if (now >= goAt) {
      leave();
    } else {
      send(Step.READING, requests.page());
    }
  }

  private void opened(ResponseHead head) {
    boolean waiting = "waiting".equals(head.state());
    if (!waiting && head.status() >= 400) {
      failed(Trouble.TURNED_AWAY);
      return;
    }
    if ((!waiting || jar.ticketRoom() != null) && first(Count.TICKETS)) {
      squad.time(Timing.TICKET, squad.now() - arriveAt);
    }
    if (waiting) {
      joinLine(head);
    } else {
      comeIn();
    }
  }

  private void joinLine(ResponseHead head) {
    if (!inLine) {
      inLine = true;
      squad.count(Count.WAITING);
    }
    sleep(Step.WAITING, head.retryAfter() >= 0 ? head.retryAfter() : ASK_AGAIN);
  }

  private void leaveLine() {
    if (inLine) {
      inLine = false;
      squad.uncount(Count.WAITING);
    }
  }

  private void comeIn() {
    if (inLine) {
      squad.cameIn(diary);
    }
    leaveLine();
    if (first(Count.ADMITTED)) {
      squad.count(Count.INSIDE);
      squad.firstPage(askedAt);
      if (done.contains(Count.CALLED)) {
        squad.time(Timing.CLAIM, squad.now() - askedAt);
      }
      goAt = squad.now() + nanos(whims.stay());
    }
    sleep(Step.INSIDE, whims.think());
  }

  private void ask() {
    String room = jar.ticketRoom();
    if (room == null) {
      send(Step.OPENING, requests.page()); // cookies gone: only the page itself can help
    } else {
      send(Step.ASKING, Requests.place(room));
    }
  }

  private void told(HttpAnswer answer) {
    squad.count(Count.POLLS);
    squad.time(Timing.POLL, squad.now() - askedAt);
    PlaceAnswer told = PlaceAnswer.of(answer.body());
    if (told == null) {
      failed(answer.head().status() >= 400 ? Trouble.TURNED_AWAY : Trouble.UNREADABLE);
      return;
    }
    if (told.position() >= 0) {
      if (told.position() > lastPosition) {
        squad.count(Count.POSITION_ROSE);
      }
      lastPosition = Math.min(lastPosition, told.position());
    }
    if (told.state().equals("waiting")) {
      squad.toldToWait(number());
      diary.told(squad.millis(), told.range());
      int header = answer.head().retryAfter();
      double after = told.askAgainIn() >= 0 ? told.askAgainIn() : header;
      sleep(Step.WAITING, after >= 0 ? after : ASK_AGAIN);
      return;
    }
    if (told.state().equals("none")) {
      squad.count(Count.TICKET_UNKNOWN);
    } else if (first(Count.CALLED)) {
      squad.called(number());
    }
    send(Step.OPENING, requests.page());
  }

  private long number() {
    String ticket = jar.ticket();
    return ticket == null ? TicketNumber.UNKNOWN : TicketNumber.of(ticket);
  }

  private void read(ResponseHead head) {
    if ("waiting".equals(head.state())) {
      failed(Trouble.SENT_BACK);
    } else if (head.status() >= 400) {
      failed(Trouble.TURNED_AWAY);
    } else {
      squad.count(Count.PAGES);
      squad.timePage(askedAt);
      sleep(Step.INSIDE, whims.think());
    }
  }

  private void leave() {
    String room = jar.passRoom();
    if (room == null) {
      gone();
    } else if (whims.goesSilently()) {
      squad.count(Count.LEFT_SILENTLY);
      gone();
    } else {
      squad.count(Count.LEFT);
      send(Step.LEAVING, Requests.leave(room));
    }
  }

  private void reload() {
    if (reloads < habits.reloads()) {
      reloads++;
      sleep(Step.COMING, whims.pauseBeforeReload());
    } else {
      leaveLine();
      squad.count(Count.GAVE_UP);
      gone();
    }
  }

  private void gone() {
    if (step == Step.GONE) {
      return;
    }
    if (done.contains(Count.ADMITTED)) {
      squad.uncount(Count.INSIDE);
    }
    step = Step.GONE;
    connection.close();
    squad.gone();
  }

  private void send(Step then, HttpRequest request) {
    step = then;
    askedAt = squad.now();
    wakeAt = askedAt + habits.patience().toNanos();
    squad.remind(this);
    connection.send(request);
  }

  private void sleep(Step then, double seconds) {
    step = then;
    wakeAt = squad.now() + nanos(seconds);
    squad.remind(this);
  }

  private static long nanos(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }
}
