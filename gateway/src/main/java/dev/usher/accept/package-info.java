/** What clients say they would rather have: a kind of answer, a language. */
@NullMarked
package dev.usher.accept;

import org.jspecify.annotations.NullMarked;
