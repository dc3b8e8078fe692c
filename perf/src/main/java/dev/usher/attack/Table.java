package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.Noticed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table of a run, as Markdown, with the failures below it. */
final class Table {
  private static final int EXAMPLES = 5;

  /** How a peer coped with the same. */
  record Beside(String text) {
    static final Beside NOT_ASKED = new Beside("");
    static final Beside NOT_INSTALLED = new Beside("not installed");

    static Beside of(Result result) {
      return new Beside(result.held() + " of " + result.tried() + "; " + result.pace());
    }
  }

  private final List<String> below = new ArrayList<>();
  private final Set<AttackedGateways> calm = EnumSet.noneOf(AttackedGateways.class);
  private int kinds;
  private int held;
  private int tried;

  Table() {
    System.out.println("| kind | tried | held | another visitor, p50 / p99 ms | nginx | HAProxy |");
    System.out.println("|---|---|---|---|---|---|");
  }

  void row(Attack attack, Result result, List<Beside> beside) {
    StringBuilder row = new StringBuilder("| " + attack.kind() + " | " + result.tried());
    row.append(" | ").append(result.holds() ? "all" : result.held() + "").append(" | ");
    row.append(result.pace());
    beside.forEach(peer -> row.append(" | ").append(peer.text()));
    System.out.println(row.append(" |"));
    kinds++;
    tried += result.tried();
    held += result.holds() ? 1 : 0;
    if (!result.holds()) {
      below.add("NOT HELD: " + attack.kind());
      result.broken().lines().limit(EXAMPLES).forEach(line -> below.add("  " + line));
    }
  }

  /** The calm state of each gateway, measured once. */
  void calm(AttackedGateways entrance, Noticed pace) {
    if (calm.add(entrance)) {
      String what = "| (calm, " + entrance.name().toLowerCase(Locale.ROOT) + ")";
      System.out.println(what + " | | | " + pace + " | | |");
    }
  }

  void note(String text) {
    below.add(text);
  }

  /** Whether everything held. */
  boolean end() {
    System.out.println();
    below.forEach(System.out::println);
    System.out.println(held + " of " + kinds + " kinds held, " + tried + " cases and frames");
    return held == kinds;
  }
}
