/**
 * Attacks on a running gateway, with raw sockets and raw frames on loopback: what a stranger, a
 * slow visitor or an odd pod may try, and whether the gateway held.
 */
@NullMarked
package dev.usher.attack;

import org.jspecify.annotations.NullMarked;
