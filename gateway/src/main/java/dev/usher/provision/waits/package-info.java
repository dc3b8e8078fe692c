/** When those who wait come in: worked out by the leader, and told by every replica. */
@NullMarked
package dev.usher.provision.waits;

import org.jspecify.annotations.NullMarked;
