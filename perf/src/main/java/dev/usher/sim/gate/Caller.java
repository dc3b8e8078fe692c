package dev.usher.sim.gate;

import dev.usher.token.InLine;
import dev.usher.token.Pass;
import org.jspecify.annotations.Nullable;

/** A visitor as a gate knows them: who they are, which room they want, and what they carry. */
public final class Caller {
  private final int number;
  private final int room;
  private int requests;

  /** The place in the line that the gate has given them. */
  public @Nullable InLine inLine;

  /** The proof of admission that the gate has given them. */
  public @Nullable Pass pass;

  /** How often they have come to the door. */
  public int knocks;

  /** Another gate's place in the line. */
  public long turn;

  /**
   * A visitor.
   *
   * @param number in order of arrival, from 0
   * @param room the room, from 0
   */
  public Caller(int number, int room) {
    this.number = number;
    this.room = room;
  }

  public int number() {
    return number;
  }

  public int room() {
    return room;
  }

  /**
   * Picks one of this many, a different one at almost every request: a load balancer does not know
   * visitors.
   */
  public int anyOf(int count) {
    int mixed = (number * 31 + requests++) * 0x9e3779b9;
    return Math.floorMod(mixed >>> 8, count);
  }
}
