package dev.usher.pods;

/**
 * What was wrong with a pod that was probed.
 *
 * @param connected whether it accepted the connection; a pod that does not is not running
 * @param reason in a few words for the log
 */
public record ProbeFailure(boolean connected, String reason) {}
