package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the pods that the watch keeps, to tell which of them changed or left: names, not
 * specs.
 */
final class SlimPods implements ItemStore<Pod> {
  private final Map<String, Pod> pods = new ConcurrentHashMap<>();

  /** Without this, pods of the first list would be told as they are kept, without their status. */
  @Override
  public boolean isFullState() {
    return false;
  }

  @Override
  public String getKey(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  @Override
  public @Nullable Pod put(String key, Pod pod) {
    ObjectMeta whole = pod.getMetadata();
    ObjectMeta meta = new ObjectMeta();
    meta.setName(whole.getName());
    meta.setNamespace(whole.getNamespace());
    meta.setUid(whole.getUid());
    meta.setResourceVersion(whole.getResourceVersion());
    Pod slim = new Pod();
    slim.setMetadata(meta);
    return pods.put(key, slim);
  }

  @Override
  public @Nullable Pod remove(String key) {
    return pods.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return pods.keySet().stream();
  }

  @Override
  public Stream<Pod> values() {
    return pods.values().stream();
  }

  @Override
  public int size() {
    return pods.size();
  }

  @Override
  public @Nullable Pod get(String key) {
    return pods.get(key);
  }
}
