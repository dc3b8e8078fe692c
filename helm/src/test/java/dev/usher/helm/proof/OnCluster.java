package dev.usher.helm.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Tests on a real cluster, each by itself: they measure, take something away, or use the one {@link
 * World}. Its set-up takes half a minute and is made once, and what changes the installation, or
 * removes it, comes after what uses it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NeedsCluster
@Isolated
@interface OnCluster {}
