package dev.usher.cli.drill.http;

/**
 * A request of a visitor; their cookies go with it.
 *
 * @param method its method
 * @param path path and query
 * @param accept what the visitor would like to get
 */
public record HttpRequest(String method, String path, String accept) {
  /** Whether it changes something, and therefore says where it comes from. */
  boolean changes() {
    return method.equals("POST");
  }
}
