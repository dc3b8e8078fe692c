package dev.usher.attack.field;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Widely trusted proxies, in front of the same pod; neither is a waiting room. */
public enum Peer {
  NGINX,
  HAPROXY;

  /** The command that starts it; nothing if it is not installed. */
  List<String> command(Path work, int port, int podPort, boolean tls) throws IOException {
    Optional<Path> program = installed();
    if (program.isEmpty()) {
      return List.of();
    }
    Path file = work.resolve(this + (tls ? "-tls" : "") + ".conf");
    if (this == NGINX) {
      Files.writeString(file, nginx(work, port, podPort, tls));
      return List.of(program.get().toString(), "-c", file.toString(), "-p", work.toString());
    }
    Files.writeString(file, haproxy(work, port, podPort, tls));
    return List.of(program.get().toString(), "-f", file.toString());
  }

  private Optional<Path> installed() {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, toString()))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String nginx(Path work, int port, int podPort, boolean tls) {
    String ssl =
        String.format(
            "ssl http2; ssl_certificate %1$s/cert.pem; ssl_certificate_key %1$s/key.pem;", work);
    return String.format(
        """
        user root; daemon off; worker_processes 2;
        pid %1$s/nginx-%2$d.pid; error_log %1$s/nginx-%2$d.err crit;
        events { worker_connections 8192; }
        http {
          access_log off; keepalive_requests 100000000; client_header_timeout 2s;
          client_body_temp_path %1$s/nb; proxy_temp_path %1$s/np; fastcgi_temp_path %1$s/nf;
          uwsgi_temp_path %1$s/nu; scgi_temp_path %1$s/ns;
          upstream pods { server 127.0.0.1:%3$d; keepalive 50; }
          map $http_upgrade $upgrades { default upgrade; '' ''; }
          server {
            listen 127.0.0.1:%2$d %4$s
            location / {
              proxy_pass http://pods; proxy_http_version 1.1; proxy_request_buffering off;
              client_max_body_size 0; proxy_max_temp_file_size 0;
              proxy_set_header Host $host;
              proxy_set_header Connection $upgrades; proxy_set_header Upgrade $http_upgrade;
            }
          }
        }
        """,
        work, port, podPort, tls ? ssl : ";");
  }

  private static String haproxy(Path work, int port, int podPort, boolean tls) {
    String ssl = String.format(" ssl crt %s/both.pem alpn h2,http/1.1", work);
    return String.format(
        """
        global
          maxconn 8000
          nbthread 2
        defaults
          mode http
          timeout connect 1s
          timeout client 60s
          timeout server 60s
          timeout http-request 2s
        frontend front
          bind 127.0.0.1:%d%s
          default_backend pods
        backend pods
          http-reuse always
          server pod 127.0.0.1:%d
        """,
        port, tls ? ssl : "", podPort);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
