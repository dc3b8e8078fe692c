package dev.usher.store.upstream;

/**
 * Leave to set an upstream's capacity and to call its visitors, for a term.
 *
 * @param upstream the upstream
 * @param fence rises with every change of leader; 0 when another replica leads
 */
public record Lease(String upstream, long fence) {
  /** Whether this replica leads. */
  public boolean held() {
    return fence > 0;
  }
}
