package dev.usher.attack.field;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS that accepts any certificate: the gateways under attack have one made for this run. */
final class Trust {
  private static final int HANDSHAKE_MILLIS = 15_000;
  private static final SSLContext CONTEXT = context();

  private Trust() {}

  static Socket all(Socket raw, String protocol) throws IOException {
    SSLSocket socket =
        (SSLSocket) CONTEXT.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    raw.setSoTimeout(HANDSHAKE_MILLIS);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Believer()}, null);
      return context;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Java must know TLS but does not", missing);
    }
  }

  private static final class Believer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
