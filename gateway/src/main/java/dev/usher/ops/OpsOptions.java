package dev.usher.ops;

/**
 * The address of the operators' port.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 */
public record OpsOptions(String host, int port) {}
