package dev.usher.visit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Promises that were broken in one run, each with its first cases; and what was measured. */
public final class Findings {
  private static final int SHOWN = 5;

  private final Map<String, List<String>> broken = new TreeMap<>();
  private final List<String> measured = new ArrayList<>();

  public void broken(String promise, Object how) {
    broken.computeIfAbsent(promise, p -> new ArrayList<>()).add(how.toString());
  }

  public void measured(String what) {
    measured.add(what);
  }

  public boolean isEmpty() {
    return broken.isEmpty();
  }

  public List<String> measured() {
    return measured;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    broken.forEach(
        (promise, cases) -> {
          text.append("BROKEN ").append(cases.size()).append(" times: ").append(promise);
          cases.stream().limit(SHOWN).forEach(each -> text.append("\n    ").append(each));
          text.append('\n');
        });
    measured.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
