package dev.usher.config;

import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.pods.PodTls;
import dev.usher.server.TlsFiles;

/** Reads {@code tls} of an upstream: how to tell that its pods are ours. */
final class PodTlsReader {
  private PodTlsReader() {}

  static PodTls read(Settings upstream) {
    Settings tls = upstream.groupIfSet("tls");
    if (tls == null) {
      return PodTls.USUAL;
    }
    if (!isSpoken(upstream)) {
      upstream.refuse(
          "tls",
          "must be left out where no pod is spoken to by TLS, but was set: write https:// before"
              + " the pods' addresses, or kubernetes.tls: true");
    }
    String ca = tls.textOrNull("ca");
    return new PodTls(ca == null ? null : authorities(tls, ca), tls.textOrNull("serverName"));
  }

  private static String authorities(Settings tls, String ca) {
    ListenReader.readable(tls, "ca");
    // The content and not the name, so that a running gateway takes a new content for a new
    // setting.
    String content = NamedFiles.content(ca);
    boolean found = ListenReader.isReadableFile(ca);
    String trouble = found ? TlsFiles.authorityTrouble(content) : null;
    if (trouble != null) {
      tls.refuse(
          "ca",
          "must be certificates in PEM but \""
              + ScalarCheck.clip(ca)
              + "\" is not ("
              + trouble
              + "): name the file of the authority that signed the pods' certificates");
    }
    return content;
  }

  private static boolean isSpoken(Settings upstream) {
    Settings service = upstream.groupIfSet("kubernetes");
    return upstream.texts("pods").stream().anyMatch(pod -> pod.startsWith("https:"))
        || (service != null && service.text("tls").equals("true"));
  }
}
