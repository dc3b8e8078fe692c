package dev.usher.edge;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One visitor's connection, on which requests are written and answers are read in the letters of
 * HTTP/1.1, whatever goes over the wire. So one play is played over every {@link Wire}.
 */
public interface Talk extends Closeable {
  /** Where requests are written. */
  OutputStream out();

  /** Where answers are read. It ends with the connection, or when no answer is owed any more. */
  InputStream in();

  /** How the last answer ended: a word for people and for assertions. */
  String ended();

  @Override
  void close() throws IOException;
}
