/** What the project says of itself, held against what it does. */
@NullMarked
package dev.usher.docs;

import org.jspecify.annotations.NullMarked;
