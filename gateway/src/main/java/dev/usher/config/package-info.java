/** The configuration file: read, checked, and turned into the options of each part. */
@NullMarked
package dev.usher.config;

import org.jspecify.annotations.NullMarked;
