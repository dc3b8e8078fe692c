package dev.usher.config.schema;

import dev.usher.config.schema.Setting.Kind;
import dev.usher.config.schema.Setting.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a single value against its schema, and words the complaint. */
public final class ScalarCheck {
  /** Longest part of a wrong value that is repeated in a message. */
  private static final int SHOWN_MAX = 80;

  private final Schema schema;
  private final Scalar scalar;

  ScalarCheck(Schema schema, Scalar scalar) {
    this.schema = schema;
    this.scalar = scalar;
  }

  /** What is wrong with the value; null for nothing. */
  @Nullable String complaint() {
    if (scalar.kind() == Kind.EMPTY && schema.allows("null")) {
      return null;
    }
    if (!schema.allows(type()) && !isWholeForNumber()) {
      boolean any = schema.allows("string") && form() == null && schema.choices().isEmpty();
      return mustBe(expected(schema), any ? ": put it in quotes" : "");
    }
    return switch (scalar.kind()) {
      case TEXT -> text();
      case WHOLE, FRACTION -> number();
      case BOOLEAN ->
          schema.isChoice(scalar.text().equals("true")) ? null : mustBe(expected(schema), "");
      case EMPTY -> null;
    };
  }

  private String type() {
    return switch (scalar.kind()) {
      case TEXT -> "string";
      case WHOLE -> "integer";
      case FRACTION -> "number";
      case BOOLEAN -> "boolean";
      case EMPTY -> "null";
    };
  }

  private boolean isWholeForNumber() {
    return scalar.kind() == Kind.WHOLE && schema.allows("number");
  }

  private @Nullable String text() {
    List<String> choices = schema.choices();
    if (!choices.isEmpty() && !choices.contains(scalar.text())) {
      return mustBe("one of " + String.join(", ", choices), "");
    }
    int length = scalar.text().codePointCount(0, scalar.text().length());
    Long shortest = schema.limit("minLength");
    if (shortest != null && length < shortest) {
      return mustBe(form() == null ? "text" : expected(schema), "");
    }
    Long longest = schema.limit("maxLength");
    if (longest != null && length > longest) {
      return "must be at most " + longest + " characters but was " + length;
    }
    Pattern pattern = schema.pattern();
    if (pattern != null && !pattern.matcher(scalar.text()).find()) {
      return mustBe(expected(schema), "");
    }
    String kind = schema.word("x-kind");
    return kind == null ? null : kind.equals("size") ? size() : duration();
  }

  private @Nullable String number() {
    BigDecimal value;
    try {
      value = new BigDecimal(scalar.text());
    } catch (NumberFormatException e) {
      // YAML's numbers may be infinite, not a number, or have an exponent beyond any use.
      return mustBe(expected(schema), "");
    }
    BigDecimal least = schema.bound("minimum");
    if (least != null && value.compareTo(least) < 0) {
      return "must be at least " + least.toPlainString() + " but was " + shown();
    }
    BigDecimal most = schema.bound("maximum");
    if (most != null && value.compareTo(most) > 0) {
      return "must be at most " + most.toPlainString() + " but was " + shown();
    }
    return "size".equals(schema.word("x-kind")) ? size() : null;
  }

  private @Nullable String duration() {
    String least = schema.word("x-minimum");
    if (least != null && Durations.parse(scalar.text()).compareTo(Durations.parse(least)) < 0) {
      return "must be at least " + least + " but was " + scalar.text();
    }
    String most = schema.word("x-maximum");
    if (most != null && Durations.parse(scalar.text()).compareTo(Durations.parse(most)) > 0) {
      return "must be at most " + most + " but was " + scalar.text();
    }
    return null;
  }

  private @Nullable String size() {
    String digits = scalar.text();
    // The pattern allows twelve digits and a unit; a longer bare number is beyond any limit.
    long bytes = digits.length() > 16 ? Long.MAX_VALUE : Sizes.parse(digits);
    String least = schema.word("x-minimum");
    if (least != null && bytes < Sizes.parse(least)) {
      return "must be at least " + least + " but was " + digits;
    }
    String most = schema.word("x-maximum");
    if (most != null && bytes > Sizes.parse(most)) {
      return "must be at most " + most + " but was " + digits;
    }
    return null;
  }

  private @Nullable String form() {
    return schema.word("x-form");
  }

  private String mustBe(String what, String fix) {
    if (schema.secret()) {
      return "must be " + what + " but was not; it is not shown, for it may hold a password";
    }
    return "must be " + what + " but was " + shown() + fix;
  }

  private String shown() {
    return switch (scalar.kind()) {
      case EMPTY -> "empty";
      case TEXT -> "\"" + clip(scalar.text()) + "\"";
      default -> clip(scalar.text());
    };
  }

  /** A value as it may stand in a message: short, and on one line. */
  public static String clip(String value) {
    String line = value.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "...";
  }

  /** What is expected there, in words. */
  public static String expected(Schema schema) {
    String form = schema.word("x-form");
    if (form != null) {
      return form;
    }
    if (!schema.choices().isEmpty()) {
      return "one of " + String.join(", ", schema.choices());
    }
    if (schema.allows("object")) {
      return "a group of settings";
    }
    if (schema.allows("array")) {
      return "a list";
    }
    if (schema.allows("boolean")) {
      return "true or false";
    }
    if (schema.allows("string")) {
      return "text";
    }
    return schema.allows("number") ? "a number" : "a whole number";
  }
}
