/** What a waiting visitor sees. */
@NullMarked
package dev.usher.page;

import org.jspecify.annotations.NullMarked;
