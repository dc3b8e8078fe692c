package dev.usher.config.schema;

import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.Setting.Items;
import dev.usher.config.schema.Setting.Kind;
import dev.usher.config.schema.Setting.Scalar;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a setting, however it is written: {@code 60s} is {@code 1m}, and a setting left
 * out means its default.
 */
public final class Meaning {
  private static final String NOTHING = "nothing";

  private Meaning() {}

  public static boolean isSame(@Nullable Setting one, @Nullable Setting other, Schema schema) {
    return of(one, schema).equals(of(other, schema));
  }

  /** A value that is equal for all settings that mean the same. */
  public static Object of(@Nullable Setting setting, Schema schema) {
    if (setting instanceof Group group) {
      Map<String, Object> all = new LinkedHashMap<>();
      for (String key : schema.keys()) {
        all.put(key, of(group.settings().get(key), Objects.requireNonNull(schema.at(key))));
      }
      return all;
    }
    if (setting instanceof Items items) {
      return items.items().stream().map(item -> of(item, schema.item())).toList();
    }
    if (setting instanceof Scalar scalar && scalar.kind() != Kind.EMPTY) {
      return of(scalar.text(), schema);
    }
    Object preset = schema.preset();
    if (preset instanceof List<?> list) {
      return list.stream().map(item -> of(String.valueOf(item), schema.item())).toList();
    }
    return preset == null ? NOTHING : of(preset.toString(), schema);
  }

  private static Object of(String text, Schema schema) {
    String kind = schema.word("x-kind");
    if (kind != null) {
      return kind.equals("size") ? Sizes.parse(text) : Durations.parse(text);
    }
    boolean counts = schema.allows("integer") || schema.allows("number");
    return counts && !schema.allows("string") ? new BigDecimal(text).stripTrailingZeros() : text;
  }
}
