/** What people come for at a known time. */
@NullMarked
package dev.usher.sale;

import org.jspecify.annotations.NullMarked;
