package dev.usher.store.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the slots of an upstream's pods are shared now, as one replica needs to know it.
 *
 * @param life named by the time it began; another one when the store has lost what was granted
 * @param version rises with every change of the grants within a life
 * @param learningUntil until then replicas may hold slots that the store does not know of
 * @param leads whether the asker may change the grants
 * @param replicas live replicas, as the last change of the grants counted them
 * @param granted what the asker may have; null when nothing was decided for it in this life
 * @param holders all that reported, for who may change the grants; else none
 * @param now the store's time, in milliseconds since 1970
 */
public record Sharing(
    long life,
    long version,
    long learningUntil,
    boolean leads,
    int replicas,
    @Nullable Slots granted,
    List<Holder> holders,
    long now) {
  public Sharing {
    holders = List.copyOf(holders);
  }

  /** Whether replicas may hold slots that the store does not know of. */
  public boolean learning() {
    return now < learningUntil;
  }

  /**
   * Whether requests of this holder may not be in flight any more. One that was not heard of after
   * the store was away may have lived until it was back.
   */
  public boolean isGone(Holder holder) {
    return !learning() && now - aliveAt(holder) > holder.quarantineMillis();
  }

  private long aliveAt(Holder holder) {
    // Of one that was silent all the while after the store was back, not even a lease may be
    // missing.
    long back = learningUntil - SlotStore.LEARNING.toMillis();
    return Math.max(holder.reportedAt(), back);
  }

  /**
   * How many of the slots that this holder had on a pod are still in use, in the mean, when it has
   * died. All of them while it may come back with them.
   *
   * @param silentMillis so long one may be silent, and live, by what the asker knows
   */
  public double remains(Holder holder, String pod, long silentMillis) {
    int slots = Math.max(holder.held().on(pod), holder.granted().on(pod));
    // Until then it may have lived, and taken what it held.
    long dead = now - aliveAt(holder) - Math.max(silentMillis, holder.stays().silentMillis());
    return learning() ? slots : holder.stays().of(pod, slots, dead);
  }

  /** Whether this holder takes requests, and may be given more slots. */
  public boolean isLive(Holder holder) {
    return !holder.hasLeft() && now - holder.reportedAt() <= SlotStore.LEASE.toMillis();
  }

  /**
   * One replica that reported.
   *
   * @param replica its name
   * @param reportedAt the store's time of its last report
   * @param quarantineMillis how long after it its slots may not be given to others
   * @param demand what it wanted lately, -1 when it has left
   * @param held what it said it held, or was told in answer to it, whichever is more
   * @param granted what it may have
   * @param stays how much of it stays in flight
   */
  public record Holder(
      String replica,
      long reportedAt,
      long quarantineMillis,
      long demand,
      Slots held,
      Slots granted,
      SlotDecay stays) {

    /** Whether it has left, and only its last requests are still in flight. */
    public boolean hasLeft() {
      return demand < 0;
    }
  }
}
