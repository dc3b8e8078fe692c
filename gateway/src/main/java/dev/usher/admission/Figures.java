package dev.usher.admission;

import java.util.List;

/**
 * The numbers behind an admission, for those who ask why.
 *
 * @param readyPods pods that may be sent requests
 * @param warmPods ready pods, each counted by its warmth
 * @param headroom the share of capacity that is used, so that the loss of a pod is survived (eta)
 * @param correction the factor that measurements put on the declared capacity, 1 if it is right (k)
 * @param learned the factor by which the declared capacity was found too low; 1 unless learning is
 *     opted in
 * @param proven whether these pods have shown that they bear the whole of what is declared
 * @param sessionsPerPod sessions of one warm pod, as declared or derived
 * @param requestsPerPod requests a second of one warm pod, as declared or derived
 * @param requestsPerSession requests a second of a session older than five seconds
 * @param firstRequests requests of a session in its first five seconds
 * @param sessionSeconds mean length of a session, 0 while unknown
 * @param responseSeconds median time to the first byte lately, 0 while unknown
 * @param baselineSeconds the time to the first byte while the pods are not busy, 0 while unknown
 * @param load requests a second now, on all replicas
 * @param roomless those of them without a session
 * @param spare requests a second that are left for newcomers
 * @param rate visitors a second that may be admitted
 * @param noShows share of called visitors who do not come
 * @param share share of the upstream's traffic that this replica sees
 * @param heldSeconds how long the correction stays where it was cut to, 0 if it may rise
 * @param evidence how much the answers of the last half minute tell, 1 with enough of them; NaN if
 *     another replica judges them
 * @param ill pods that are slow or fail while most are well
 * @param advice what the operator should change
 */
public record Figures(
    int readyPods,
    double warmPods,
    double headroom,
    double correction,
    double learned,
    boolean proven,
    double sessionsPerPod,
    double requestsPerPod,
    double requestsPerSession,
    double firstRequests,
    double sessionSeconds,
    double responseSeconds,
    double baselineSeconds,
    double load,
    double roomless,
    double spare,
    double rate,
    double noShows,
    double share,
    double heldSeconds,
    double evidence,
    List<String> ill,
    Advice advice) {
  /** Figures before the first tick. */
  public static final Figures NONE =
      new Figures(
          0,
          0,
          0,
          0,
          1,
          false,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          1,
          0,
          0,
          List.of(),
          Advice.NONE);

  public Figures {
    ill = List.copyOf(ill);
  }

  /** What the operator should change. Its name in lower case is what is shown. */
  public enum Advice {
    /** Nothing. */
    NONE,
    /** The pods bear less than declared. */
    DECLARED_TOO_HIGH,
    /** A few of the pods are slow or fail while the others are well. */
    FEW_PODS_ARE_ILL,
    /** The pods would bear more than declared. */
    DECLARED_TOO_LOW,
    /** More pods are ready but no more requests are answered: something behind them is full. */
    PODS_ADD_NO_CAPACITY
  }
}
