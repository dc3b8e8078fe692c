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
 * What all tests on a real cluster have in common; they say {@link OnCluster} or {@link
 * WaitingOnCluster}. They run in a fixed order.
 */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(Answering.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@interface NeedsCluster {}
