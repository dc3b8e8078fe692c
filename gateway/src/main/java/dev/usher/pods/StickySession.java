package dev.usher.pods;

/**
 * With which pod the session of one request stays, where its upstream has sessions stay. Pods go by
 * labels, which are the same on every replica; 0 is none.
 */
public interface StickySession {
  /** The pod that the session is on by now; 0 while it is on none. */
  long pod();

  /** The request goes to this pod, and its session is on it from now on. */
  void goesTo(long pod);

  /** The session's pod cannot have the request, and no other may. */
  void inVain();
}
