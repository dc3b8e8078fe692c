package dev.usher.attack;

/** One kind of attack. */
interface Attack {
  /** What it is called in the table. */
  String kind();

  /** Where it goes. */
  Entrance entrance();

  /** Whether the same makes sense against a proxy without a waiting room. */
  boolean peersToo();

  /** Does it, and says how it went. */
  Result on(Door door) throws Exception;
}
