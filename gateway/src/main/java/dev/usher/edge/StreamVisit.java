package dev.usher.edge;

import dev.usher.edge.stream.Onlooker;
import dev.usher.edge.stream.StreamLoop;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.page.EventId;
import dev.usher.page.PlaceEvent;
import dev.usher.page.Standing;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Visitor;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's wish to hear how they stand from now on. It is a question about the place whose
 * answer goes on: at each tick the room decides as if the visitor had asked again.
 */
final class StreamVisit extends PlaceVisit implements Onlooker {
  /** For who is not in line: nothing will be new, and a browser must not ask again at once. */
  private static final String SELDOM = "retry: 60000\n";

  private final StreamLoop streams;
  private final Standings standings = new Standings();
  private @Nullable InLine inLine;

  /** Whether the line has shown the visitor among those who wait. */
  private boolean shown;

  StreamVisit(RoomEndpoint door, HttpServerRequest request, Client client, Wish wish) {
    super(door, request, client, wish);
    this.streams = wish.streams();
  }

  @Override
  void say(Standing standing) {
    Buffer said = Buffer.buffer(SELDOM).appendBytes(tell(PlaceEvent.STATE, standing));
    new Answer(200, "text/event-stream", said).send(request);
  }

  @Override
  public @Nullable Void keepWaiting(Decision.Wait d) {
    Decision.Wait told = notMoreThanBefore(d);
    waitingResponse(told);
    inLine = told.inLine();
    streams.open(request, this, standing(told));
    return null;
  }

  /** The last event that the visitor got may have told of fewer than the ticket they came with. */
  private Decision.Wait notMoreThanBefore(Decision.Wait d) {
    EventId last = EventId.parse(request.headers().get("Last-Event-ID"));
    if (last == null || !(d.inLine() instanceof Ticket ticket)) {
      return d;
    }
    Place place = ticket.place();
    if (last.epoch() != place.epoch() || last.number() != place.number()) {
      return d;
    }
    Ticket told = ticket.shown(last.ahead());
    return d.with(told, told.lastShown());
  }

  @Override
  public int ticket() {
    return inLine instanceof Ticket ticket
        ? ticket.place().hashCode()
        : inLine instanceof ArrivalTicket arrival ? arrival.standby().hashCode() : 0;
  }

  @Override
  public @Nullable Standing look(long time) {
    Visitor visitor = new Visitor(Intent.LOOK, inLine, null);
    return door.room().watching().isOn()
        ? null
        : door.room().decide(visitor, time).answer(standings);
  }

  @Override
  public byte[] tell(PlaceEvent what, Standing standing) {
    EventId id =
        inLine instanceof Ticket ticket
            ? new EventId(ticket.place().epoch(), ticket.place().number(), ticket.lastShown())
            : null;
    return what.write(id, told(standing));
  }

  /** With a token that the head brings, in the event that goes with it. */
  private byte[] told(Standing standing) {
    HttpServerResponse response = request.response();
    return response.headWritten()
        ? door.json().write(standing)
        : json(standing, response.headers());
  }

  /**
   * Whether the visitor came in elsewhere, as by another tab: the line showed them among those who
   * wait and no longer does, although they are called and listen. Only the request for another
   * stream brings what they got there.
   */
  private boolean hasComeIn(Decision.Wait d) {
    if (!(d.inLine() instanceof Ticket ticket)) {
      return false;
    }
    Line line = door.room().line();
    boolean waits =
        line.epoch() == ticket.place().epoch() && line.waiting().has(ticket.place().number());
    boolean hidden = shown && !waits;
    shown |= waits;
    return d.called() && hidden;
  }

  /** What the room's decisions mean to a visitor who only looks; null if they must ask. */
  private final class Standings implements Decision.Answers<@Nullable Standing> {
    @Override
    public @Nullable Standing admit(Decision.Admit d) {
      return null;
    }

    @Override
    public @Nullable Standing passBy(Decision.PassBy d) {
      return null;
    }

    @Override
    public @Nullable Standing keepWaiting(Decision.Wait d) {
      inLine = d.inLine();
      return hasComeIn(d) ? null : standing(d);
    }

    @Override
    public @Nullable Standing turnAway(Decision.TurnAway d) {
      return d.why() == Decision.Why.NOT_JOINED
          ? Standing.NONE
          : d.why() == Decision.Why.MOVED ? Standing.MOVED : null;
    }

    @Override
    public @Nullable Standing takeNumber(Decision.TakeNumber d) {
      return null;
    }

    @Override
    public @Nullable Standing claimPlace(Decision.ClaimPlace d) {
      return null;
    }

    @Override
    public @Nullable Standing resume(Decision.Resume d) {
      return null;
    }
  }
}
