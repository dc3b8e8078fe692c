/**
 * The floor of whoever says how many pods there are: raised for a crowd, and given back exactly.
 */
@NullMarked
package dev.usher.provision.floor;

import org.jspecify.annotations.NullMarked;
