package dev.usher.admission;

/** Decides how many visitors may be called now. */
@FunctionalInterface
public interface AdmissionController {
  /** How many, and why not more. */
  Admission decide(Observation seen);
}
