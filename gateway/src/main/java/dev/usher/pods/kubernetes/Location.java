package dev.usher.pods.kubernetes;

/**
 * Where a service is.
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
