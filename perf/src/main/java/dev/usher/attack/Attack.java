package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;

/** One kind of attack. */
interface Attack {
  /** Its name in the table. */
  String kind();

  /** The gateway that it attacks. */
  AttackedGateways entrance();

  /** Whether it also makes sense against a proxy without a waiting room. */
  boolean peersToo();

  /** Carries it out, and says how it went. */
  Result on(GatewayDoor door) throws Exception;
}
