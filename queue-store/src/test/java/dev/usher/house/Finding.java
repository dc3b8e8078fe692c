package dev.usher.house;

import java.nio.file.Path;

/**
 * A place where a rule of the house is not kept.
 *
 * @param file the file
 * @param line the line in it, from 1
 * @param what what is, and what may be
 * @param remedy what to do
 */
record Finding(Path file, int line, String what, String remedy) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + what + ": " + remedy;
  }
}
