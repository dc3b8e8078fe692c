package dev.usher.helm.cluster;

/**
 * What a visitor does inside.
 *
 * @param pages how many pages they look at before they leave
 * @param restMillis how long they look at each
 */
record Habits(int pages, long restMillis) {}
