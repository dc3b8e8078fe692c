package dev.usher.provision;

import org.jspecify.annotations.Nullable;

/** Where it is told how many pods an upstream should have. */
public final class DesiredPath {
  private static final String BEFORE = "/api/upstreams/";
  private static final String AFTER = "/desired-replicas";

  private DesiredPath() {}

  /** The path for this upstream. */
  public static String of(String upstream) {
    return BEFORE + upstream + AFTER;
  }

  /** The upstream that this path asks for; null if it asks for something else. */
  public static @Nullable String upstreamOf(String path) {
    boolean asks =
        path.startsWith(BEFORE)
            && path.endsWith(AFTER)
            && path.length() > BEFORE.length() + AFTER.length();
    return asks ? path.substring(BEFORE.length(), path.length() - AFTER.length()) : null;
  }
}
