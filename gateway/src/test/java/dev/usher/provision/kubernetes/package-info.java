/** Tests of who adds the pods of an upstream. */
@NullMarked
package dev.usher.provision.kubernetes;

import org.jspecify.annotations.NullMarked;
