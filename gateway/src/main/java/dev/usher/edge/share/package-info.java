/** Who takes more than a share: joins from one address, passes used from many networks. */
@NullMarked
package dev.usher.edge.share;

import org.jspecify.annotations.NullMarked;
