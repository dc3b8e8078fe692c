package dev.usher.config.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One place in the JSON Schema of the file: what may be written there, and what holds if nothing
 * is.
 *
 * <p>Only the words of draft 2020-12 that our schema uses are known. A general library costs more
 * than a quarter of the time a gateway may take to start, and knows neither lines nor durations.
 * Tests hold both to the same verdicts.
 */
public final class Schema {
  public static final String RESOURCE = "/usher.schema.json";

  private final Map<?, ?> definitions;
  private final Map<?, ?> words;

  private Schema(Map<?, ?> definitions, Map<?, ?> words) {
    this.definitions = definitions;
    this.words = words;
  }

  /** The schema that comes with the gateway. */
  public static Schema shipped() {
    try (InputStream in = Schema.class.getResourceAsStream(RESOURCE)) {
      // JSON is YAML, so the reader that is needed anyway reads the schema, too.
      Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      Map<?, ?> words = (Map<?, ?>) root;
      return new Schema(map(words.get("$defs")), words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of this key of the group; null if the key is unknown. */
  @Nullable
  public Schema at(String key) {
    Object property = map(words.get("properties")).get(key);
    if (property == null && words.get("additionalProperties") instanceof Map<?, ?> any) {
      property = any;
    }
    return property == null ? null : resolved(map(property));
  }

  /** The schema of the entries of this list. */
  public Schema item() {
    return resolved(map(words.get("items")));
  }

  /** The rule for the names in this group; null if the names are fixed. */
  @Nullable
  public Schema name() {
    Object rule = words.get("propertyNames");
    return rule == null ? null : resolved(map(rule));
  }

  private Schema resolved(Map<?, ?> own) {
    if (!(own.get("$ref") instanceof String reference)) {
      return new Schema(definitions, own);
    }
    String definition = reference.substring(reference.lastIndexOf('/') + 1);
    Map<Object, Object> merged = new LinkedHashMap<>(map(definitions.get(definition)));
    merged.putAll(own);
    return new Schema(definitions, merged);
  }

  /** The keys of this group, in the order of the schema. */
  public Set<String> keys() {
    return new LinkedHashSet<>(strings(map(words.get("properties")).keySet()));
  }

  /** The keys that this group requires. */
  public List<String> required() {
    return words.get("required") instanceof List<?> keys ? strings(keys) : List.of();
  }

  public boolean allows(String type) {
    Object types = words.get("type");
    return types instanceof List<?> several ? several.contains(type) : type.equals(types);
  }

  /** The allowed words; empty if any word is. */
  List<String> choices() {
    return words.get("enum") instanceof List<?> choices
        ? strings(choices.stream().filter(String.class::isInstance).toList())
        : List.of();
  }

  /** Whether true, or false, is among the allowed values. */
  boolean isChoice(boolean value) {
    return !(words.get("enum") instanceof List<?> choices) || choices.contains(value);
  }

  /** Whether the schema has a default for this place. */
  public boolean hasPreset() {
    return words.containsKey("default");
  }

  /** The default; null for none. */
  @Nullable
  public Object preset() {
    return words.get("default");
  }

  /** A limit such as {@code minimum}; null for none. */
  @Nullable
  public Long limit(String word) {
    return words.get(word) instanceof Number limit ? limit.longValue() : null;
  }

  /** A limit that may have a fraction; null for none. */
  @Nullable
  public BigDecimal bound(String word) {
    return words.get(word) instanceof Number bound
        ? new BigDecimal(bound.toString()).stripTrailingZeros()
        : null;
  }

  /** Keys of this group of which at least one must be set; empty if there is no such rule. */
  List<String> oneNeeded() {
    List<String> keys = new ArrayList<>();
    if (words.get("anyOf") instanceof List<?> any) {
      any.forEach(one -> keys.addAll(new Schema(definitions, map(one)).required()));
    }
    return keys;
  }

  /** A word such as {@code x-form}; null if it is missing. */
  @Nullable
  public String word(String word) {
    return words.get(word) instanceof String text ? text : null;
  }

  @Nullable Pattern pattern() {
    String pattern = word("pattern");
    return pattern == null ? null : Pattern.compile(pattern);
  }

  /** Whether the value may hold a password and must never be shown. */
  boolean secret() {
    return Boolean.TRUE.equals(words.get("x-secret"));
  }

  /**
   * Whether a change of the value takes effect while a gateway runs; null if the schema does not
   * say.
   */
  @Nullable
  public Boolean live() {
    return words.get("x-live") instanceof Boolean live ? live : null;
  }

  /** A change takes effect while running only if neither value is beyond this one; null for any. */
  @Nullable
  public Duration liveUpTo() {
    String most = word("x-live-up-to");
    return most == null ? null : Durations.parse(most);
  }

  /** What to do instead of using a key that many would look for here; null for nothing. */
  @Nullable String elsewhere(String key) {
    return map(words.get("x-elsewhere")).get(key) instanceof String advice ? advice : null;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<String> strings(Iterable<?> values) {
    List<String> strings = new ArrayList<>();
    values.forEach(value -> strings.add(String.valueOf(value)));
    return List.copyOf(strings);
  }
}
