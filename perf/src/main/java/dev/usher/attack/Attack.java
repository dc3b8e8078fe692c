package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;

/** One kind of attack. */
interface Attack {
  /** What it is called in the table. */
  String kind();

  /** Where it goes. */
  AttackedGateways entrance();

  /** Whether the same makes sense against a proxy without a waiting room. */
  boolean peersToo();

  /** Does it, and says how it went. */
  Result on(GatewayDoor door) throws Exception;
}
