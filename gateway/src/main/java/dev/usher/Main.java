package dev.usher;

import org.slf4j.LoggerFactory;

/** Usher's commands. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    LoggerFactory.getLogger(Main.class).info("hello {}", args.length);
    new picocli.CommandLine(new Object()).usage(System.out);
    io.vertx.core.Vertx.vertx().close();
  }
}
