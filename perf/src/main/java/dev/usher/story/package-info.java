/** The same crowd before a real shop, once for each way to scale it, and what came of it. */
@NullMarked
package dev.usher.story;

import org.jspecify.annotations.NullMarked;
