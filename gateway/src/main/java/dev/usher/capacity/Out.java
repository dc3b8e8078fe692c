package dev.usher.capacity;

/** Whether failed requests put the pod out, and which. */
enum Out {
  NO,
  /** It refused connections. */
  REFUSED,
  /** It did not answer in time. */
  SILENT,
  /** Too many of its requests failed. */
  FAILING
}
