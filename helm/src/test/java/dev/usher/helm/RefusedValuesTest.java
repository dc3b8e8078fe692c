package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong value is refused by its key. */
final class RefusedValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "replica: 3                                              | replica",
        "replicas: 0                                             | replicas",
        "replicas: many                                          | replicas",
        "image: {name: usher}                                    | name",
        "image: {pullPolicy: Sometimes}                          | pullPolicy",
        "key: {existingSecret: usher-key, value: k1}             | value",
        "redis: {password: p}                                    | password",
        "resources: {limits: {memory: lots}}                     | memory",
        "service: {type: External}                               | type",
        "service: {port: 70000}                                  | port",
        "pdb: {maxUnavailable: half}                             | maxUnavailable",
        "monitoring: {serviceMonitor: {every: 1s}}               | every",
        "secretMounts: [{secret: a, path: /etc/usher/tls}]       | path",
        "files: {gateway.yaml: a}                                | gateway.yaml",
        "files: {a/b: c}                                         | a/b",
        "files: {a: {b: c}}                                      | files",
        "pods: {affinity: {antiAffinity: {}}}                    | antiAffinity",
        "scaling: {keda: {enabled: maybe}}                       | enabled",
        "scaling: {keda: {minReplicas: 0}}                       | minReplicas",
        "scaling: {keda: {targets: {shop: {max: 5}}}}            | max",
        "config: {drain: 20}                                     | drain",
        "config: {drain: ''}                                     | drain",
        "config: {lsten: {}}                                     | lsten",
        "config: {rooms: {concert: {paths: [/a/../b]}}}          | paths",
        "config: {rooms: {concert: {sesion: {}}}}                | sesion",
        "config: {rooms: {Concert: {}}}                          | Concert",
        "config: {upstreams: {shop: {sessionsPerPod: 0}}}        | sessionsPerPod",
        "config: {upstreams: {tea: {pods: ['http://a']}}}         | tea",
        "config: {upstreams: {tea: {pods: [a], sessionsPerPod: 5}}} | pods",
        "config: {upstreams: {shop: {sticky: on}}}               | sticky",
        "config: {store: {redis: {password: p}}}                 | password",
      })
  void theSchemaNamesTheKey(String values, String key) {
    assertRefused(values, key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "config: {listen: {port: 0}}                             | config.listen.port",
        "config: {ops: {port: 0}}                                | config.ops.port",
        "config: {listen: {host: localhost}}                     | config.listen.host",
        "config: {ops: {host: 127.0.0.1}}                        | config.ops.host",
        "config: {upstreams: {tea: {sessionsPerPod: 5}}}         | config.upstreams.tea",
        "serviceAccount: {create: false}                         | serviceAccount.name",
        "httpRoute: {enabled: true}                              | httpRoute.parentRefs",
        "tryRedis: {enabled: true}                               | tryRedis.enabled",
        "key: {generate: true}                                   | key.generate",
        "autoscaling: {enabled: true, minReplicas: 7}            | autoscaling.minReplicas",
        "scaling: {keda: {enabled: true}}                        | scaling.keda.enabled",
        "scaling: {keda: {targets: {tea: {name: tea}}}}          | scaling.keda.targets",
      })
  void theTemplatesNameTheKey(String values, String key) {
    assertRefused(values, key + " must ");
  }

  @Test
  void anEmptyConfigurationIsRefusedWithWhereToFindAnExample() {
    assertThatThrownBy(Chart::text)
        .hasMessageContaining("config.upstreams must name the pods to protect but is empty")
        .hasMessageContaining("values.yaml");
    assertThatThrownBy(
            () -> Chart.text("config: {upstreams: {a: {pods: ['http://a'], sessionsPerPod: 1}}}"))
        .hasMessageContaining("config.rooms must name a waiting room but is empty");
  }

  @Test
  void manyReplicasThatShareNoRedisAreRefused() {
    String shared = "config.store.redis must say where the Redis is that the replicas share";
    String alone = "{store: {redis: null}}";
    assertRefused("config: " + alone, shared + ", because replicas is 2");
    assertRefused(
        "autoscaling: {enabled: true, minReplicas: 1}\nreplicas: 1\nconfig: " + alone,
        shared + ", because autoscaling.maxReplicas is 6");
    assertThat(Chart.text(Chart.LEAST, "replicas: 1\nconfig: " + alone)).isNotEmpty();
    assertThat(Chart.text(Chart.LEAST, "redis: {existingSecret: redis}\nconfig: " + alone))
        .isNotEmpty();
  }

  @Test
  void aMissingKeyIsRefusedWithTheCommandThatMakesOne() {
    assertThatThrownBy(() -> Chart.text(Chart.LEAST, "key: {existingSecret: ''}"))
        .hasMessageContaining("key.existingSecret must name the Secret with the signing key")
        .hasMessageContaining("kubectl -n gate create secret generic usher-key")
        .hasMessageContaining("--from-literal=USHER_KEY=");
  }

  private static void assertRefused(String values, String words) {
    assertThatThrownBy(() -> Chart.text(Chart.LEAST, values)).hasMessageContaining(words);
  }
}
