/** How many pods an upstream needs: for its line, for its sessions, and for what is to come. */
@NullMarked
package dev.usher.provision;

import org.jspecify.annotations.NullMarked;
