package dev.usher.helm.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on a real cluster. First come those with a namespace of their own that mostly wait, for the
 * autoscaler as a rule: they are concurrent, and wait beside each other. Then, each by itself, come
 * those that measure, take something away, or use the one {@link World}. They run in a fixed order:
 * its set-up takes half a minute and is made once, and what changes the installation, or removes
 * it, comes after what uses it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(Answering.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@interface OnCluster {}
