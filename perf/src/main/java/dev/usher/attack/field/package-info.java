/**
 * What an attack needs: gateways, pods that record what they get, connections that send any byte.
 */
@NullMarked
package dev.usher.attack.field;

import org.jspecify.annotations.NullMarked;
