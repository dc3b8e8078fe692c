package dev.usher.store.upstream;

/**
 * A change of what is set for a room, by an operator or by the shop.
 *
 * @param wanted what is to stand; its time is that of the state it was made from, and if another
 *     one stands by now, nothing is changed
 * @param call visitors to be called once, at the next step of calling and as far as capacity goes,
 *     beyond the pace and the limit a minute; 0 for none
 * @param entry a line for the record of who changed what
 */
public record LiveChange(LiveState wanted, int call, String entry) {
  public LiveChange {
    if (call < 0) {
      throw new IllegalArgumentException("call must be at least 0 but was " + call);
    }
    LiveStore.checkEntry(entry);
  }
}
