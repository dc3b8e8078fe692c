package dev.usher.cli.drill;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main, and ends this JVM when the process that started it is gone: its standard input
 * then ends, even if that process died without a chance to clean up.
 */
final class ParentWatch {
  /** Time for an orderly end; after that the JVM ends anyway. */
  private static final long ORDERLY_MS = 10_000;

  private ParentWatch() {}

  /** Takes the name of the class with the real main, then its arguments. */
  public static void main(String[] args) throws Throwable {
    daemon("tether", ParentWatch::watch);
    // Usher's own main is meant for the launcher alone, so it is not public.
    Method main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent over this stream; only its end means something.
      }
    } catch (IOException gone) {
      // Treated like its end.
    }
    daemon("tether-end", ParentWatch::halt);
    System.exit(0);
  }

  private static void halt() {
    try {
      Thread.sleep(ORDERLY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
