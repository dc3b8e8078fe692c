package dev.usher.helm.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests on a real cluster with a namespace of their own that mostly wait, for the autoscaler as a
 * rule. They wait beside each other, before all that are {@link OnCluster}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NeedsCluster
@Execution(ExecutionMode.CONCURRENT)
@interface WaitingOnCluster {}
