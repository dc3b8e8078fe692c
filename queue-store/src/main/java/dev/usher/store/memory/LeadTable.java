package dev.usher.store.memory;

import dev.usher.store.upstream.Lease;

/** Which replica leads an upstream, inside the process. */
final class LeadTable {
  private String leader = "";
  private long until;
  private long fence;

  /** Returns the leader's fence, 0 while another leads. */
  long lead(String replica, long termMillis, long now) {
    if (!leader.equals(replica)) {
      if (until > now) {
        return 0;
      }
      leader = replica;
      fence = Math.max(fence + 1, now);
    }
    until = now + termMillis;
    return fence;
  }

  boolean isOf(Lease lease) {
    return lease.held() && lease.fence() == fence;
  }

  void become(LeadTable other) {
    leader = other.leader;
    until = other.until;
    fence = other.fence;
  }
}
