package dev.usher.pods;

/**
 * The pod that the session of one request stays with, if its upstream's sessions stay. Pods are
 * known by labels, which are the same on every replica; 0 is none.
 */
public interface StickySession {
  /** The pod that the session is on; 0 while it is on none. */
  long pod();

  /** Moves the session to this pod, to which the request goes. */
  void goesTo(long pod);

  /** Notes that the session's pod cannot have the request, and that no other pod may. */
  void inVain();
}
