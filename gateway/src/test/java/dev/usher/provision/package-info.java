@NullMarked
package dev.usher.provision;

import org.jspecify.annotations.NullMarked;
