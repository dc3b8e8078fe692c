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
 * Tests on a real cluster. They run in a fixed order: a set-up takes half a minute and is made
 * once, and what changes the installation, or removes it, comes after what uses it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(Answering.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@interface OnCluster {}
