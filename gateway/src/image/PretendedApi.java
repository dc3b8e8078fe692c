import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * As much of a Kubernetes API as a gateway asks for that follows one Service, so that the classes
 * for it are in the archive too. Takes the file to write a kubeconfig to.
 */
class PretendedApi {
  private static final String SLICES =
      """
      {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSliceList",
       "metadata": {"resourceVersion": "1"}, "items": [{
         "metadata": {"name": "shop-1", "namespace": "shop", "resourceVersion": "1",
           "labels": {"kubernetes.io/service-name": "shop"}},
         "addressType": "IPv4", "ports": [{"name": "http", "port": 9, "protocol": "TCP"}],
         "endpoints": [{"addresses": ["127.0.0.1"], "zone": "here", "nodeName": "node",
           "conditions": {"ready": true, "serving": true, "terminating": false},
           "targetRef": {"kind": "Pod", "name": "shop", "namespace": "shop", "uid": "1"}}]}]}
      """;

  private static final String PODS =
      """
      {"apiVersion": "v1", "kind": "PodList", "metadata": {"resourceVersion": "1"}, "items": [{
         "metadata": {"name": "shop", "namespace": "shop", "uid": "1", "resourceVersion": "1",
           "annotations": {"usher.dev/sessions-per-pod": "1"}},
         "status": {"podIP": "127.0.0.1",
           "containerStatuses": [{"restartCount": 0, "ready": true}]}}]}
      """;

  private static final String SERVICE =
      """
      {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop", "namespace": "shop"},
       "spec": {"ports": [{"name": "http", "port": 80, "targetPort": 9}]}}
      """;

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", PretendedApi::answer);
    server.start();
    Files.writeString(
        Path.of(args[0]),
        """
        apiVersion: v1
        kind: Config
        current-context: shop
        clusters: [{name: shop, cluster: {server: "http://127.0.0.1:%d"}}]
        contexts: [{name: shop, context: {cluster: shop, namespace: shop}}]
        """
            .formatted(server.getAddress().getPort()));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().toString();
    String said =
        asked.contains("/endpointslices") ? SLICES : asked.contains("/pods") ? PODS : SERVICE;
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    if (asked.contains("watch=true")) {
      // Nothing happens here, and a watch waits for it.
      exchange.getResponseBody().flush();
    } else {
      exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
      exchange.close();
    }
  }
}
