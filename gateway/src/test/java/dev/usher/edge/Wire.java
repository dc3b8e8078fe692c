package dev.usher.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What a visitor speaks. */
public enum Wire {
  HTTP_1("http/1.1"),
  TLS("http/1.1"),
  HTTP_2("h2");

  /** One for all, so that visitors resume their sessions as browsers do. */
  private static final SSLContext BELIEVING = believing();

  private final String protocol;

  Wire(String protocol) {
    this.protocol = protocol;
  }

  /** Whether it goes over TLS. */
  public boolean secure() {
    return this != HTTP_1;
  }

  /** The scheme of an address that is visited so. */
  public String scheme() {
    return secure() ? "https" : "http";
  }

  /** Opens a connection to this port; nothing may keep silent for longer than this. */
  public Talk open(int port, int timeoutMillis) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    Socket socket =
        secure() ? BELIEVING.getSocketFactory().createSocket(here, port) : new Socket(here, port);
    try {
      socket.setSoTimeout(timeoutMillis);
      socket.setTcpNoDelay(true);
      if (socket instanceof SSLSocket tls) {
        agree(tls);
      }
      return this == HTTP_2 ? new Http2Talk(socket) : new SocketTalk(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void agree(SSLSocket tls) throws IOException {
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    if (!protocol.equals(tls.getApplicationProtocol())) {
      throw new IOException(
          protocol + " must be agreed on but was \"" + tls.getApplicationProtocol() + "\"");
    }
  }

  private static SSLContext believing() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new BelieveAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The certificate under test was made a moment ago by the test itself. */
  private static final class BelieveAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
