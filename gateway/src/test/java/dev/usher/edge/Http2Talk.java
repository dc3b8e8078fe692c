package dev.usher.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * HTTP/2, frame by frame, told as HTTP/1.1: what is written becomes HEADERS and DATA of a stream of
 * its own for each request, and what comes is told as the answer it is. Nothing is tidied up:
 * targets, values and lengths go out as they were written.
 */
final class Http2Talk implements Talk {
  private final Socket socket;
  private final Http2Answers answers;
  private final Http2Requests requests;

  Http2Talk(Socket socket) throws IOException {
    this.socket = socket;
    VisitorFrames frames = new VisitorFrames(socket);
    this.answers = new Http2Answers(frames);
    this.requests = new Http2Requests(frames, answers);
  }

  @Override
  public OutputStream out() {
    return requests;
  }

  @Override
  public InputStream in() {
    return answers;
  }

  @Override
  public String ended() {
    return answers.ended();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
