package dev.usher.room;

import dev.usher.token.InLine;
import dev.usher.token.Pass;
import org.jspecify.annotations.Nullable;

/**
 * What the edge learnt of a visitor from the request: what they want, and what they can show. Both
 * tokens are verified already.
 */
public record Visitor(Intent intent, @Nullable InLine inLine, @Nullable Pass pass) {}
