package dev.usher.admission;

/** Decides how many visitors may be called now. */
@FunctionalInterface
public interface AdmissionController {
  /** Decides how many visitors may be called, and why not more. */
  Admission decide(Observation seen);
}
