/** The file as YAML, checked against its schema: settings by name, place and kind. */
@NullMarked
package dev.usher.config.schema;

import org.jspecify.annotations.NullMarked;
