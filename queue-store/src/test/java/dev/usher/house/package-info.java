/** The rules of the house, checked: how code is laid out, named and cut, and who may use whom. */
@NullMarked
package dev.usher.house;

import org.jspecify.annotations.NullMarked;
