package dev.usher.pods.kubernetes;

/**
 * The location of a service.
 *
 * @param namespace its namespace
 * @param service its name
 */
record Location(String namespace, String service) {
  @Override
  public String toString() {
    return namespace + "/" + service;
  }
}
