/** Plays about the page of the story's runs. */
@NullMarked
package dev.usher.story;

import org.jspecify.annotations.NullMarked;
