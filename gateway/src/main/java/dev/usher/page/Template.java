package dev.usher.page;

import com.samskivert.mustache.Mustache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page around what Usher says, in Mustache. It is compiled when its file is read and written
 * when a page is prepared, once for each language: a visitor gets bytes.
 */
public final class Template {
  /** The largest file, in bytes: each visitor loads it, all of them at the same moment. */
  public static final int BYTES_MAX = 16 * 1024;

  /** The page as it comes. */
  public static final Template OURS = new Template(Page.read("page.mustache"));

  /** What may stand in braces: words, which have been escaped, and parts of the page. */
  static final Set<String> VARIABLES =
      new TreeSet<>(List.of("direction", "head", "language", "links", "logo", "main", "title"));

  /** Stands for what follows in the order of these. No text has it: Unicode keeps it out. */
  static final char HEAD = '\uFDD0';

  static final char MAIN = '\uFDD1';

  /** A comment, of HTML or of Mustache, or else a style and its text: whichever begins first. */
  static final Pattern STYLE =
      Pattern.compile("(?is)<!--.*?-->|\\{\\{!.*?}}|<style\\b[^>]*>(.*?)</style>");

  private static final String WAITING = "waiting";
  private static final Pattern CUT = Pattern.compile("[" + HEAD + MAIN + "]");

  private final String source;
  private final com.samskivert.mustache.Template compiled;
  private final Set<String> named = new TreeSet<>();

  private Template(String source) {
    this.source = clean(source);
    this.compiled = Mustache.compiler().escapeHTML(false).compile(this.source);
    compiled.visit(new Names(named, new TreeSet<>()));
  }

  /** The template of a file that has no fault. */
  public static Template of(String file) {
    return new Template(file);
  }

  /**
   * What is wrong with a template.
   *
   * @param must what must be, said after that word
   * @param line where it is not; 0 for no line of its own
   * @param has what is there instead
   */
  public record Fault(String must, int line, String has) {}

  /** What is wrong with a file, all of it; nothing if it may be used. */
  public static List<Fault> faults(String file) {
    return new TemplateCheck(clean(file)).faults();
  }

  /** As browsers read it, because they compare the digest of a style with what they have read. */
  private static String clean(String file) {
    String lines = file.replace("\r\n", "\n").replace('\r', '\n');
    return (lines.startsWith("\uFEFF") ? lines.substring(1) : lines)
        .replace('\0', '\uFFFD')
        .replace(HEAD, '\uFFFD')
        .replace(MAIN, '\uFFFD');
  }

  /** What stands in the file. */
  public String source() {
    return source;
  }

  /** By what is written: a room whose file says the same as before goes on as it is. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Template that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /**
   * What stands around what Usher says.
   *
   * @param start until the head's own part
   * @param middle between that and the visitor's part
   * @param end after it
   */
  record Frame(String start, String middle, String end) {}

  /** Whether it says where this part is. */
  boolean places(String variable) {
    return named.contains(variable);
  }

  /** The styles that it brings, letter for letter. */
  List<String> styles() {
    return STYLE
        .matcher(source)
        .results()
        .map(style -> style.group(1))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * The template in one language.
   *
   * @param waiting whether it is for visitors who wait, and not for those who are refused
   * @param ours what is known of the room: its title, logo and links, escaped
   */
  Frame frame(Language language, boolean waiting, Map<String, String> ours) {
    String[] parts = CUT.split(write(language, waiting, ours), -1);
    return new Frame(parts[0], parts[1], parts[2]);
  }

  /** The same in one piece, with a mark where each of our parts belongs. */
  String write(Language language, boolean waiting, Map<String, String> ours) {
    Map<String, Object> values = new HashMap<>(ours);
    for (Language each : Language.values()) {
      values.put(each.tag(), each == language);
    }
    values.put(WAITING, waiting);
    values.put("language", language.tag());
    values.put("direction", language.rightToLeft() ? "rtl" : "ltr");
    values.put("head", HEAD);
    values.put("main", MAIN);
    return compiled.execute(values);
  }

  /** What may stand in sections: each is there in one language alone, or while somebody waits. */
  static Set<String> sections() {
    Set<String> sections = new TreeSet<>(List.of(WAITING));
    for (Language language : Language.values()) {
      sections.add(language.tag());
    }
    return sections;
  }

  /** Notes the names in a template. */
  record Names(Set<String> variables, Set<String> sections) implements Mustache.Visitor {
    @Override
    public void visitText(String text) {}

    @Override
    public void visitVariable(String name) {
      variables.add(name);
    }

    @Override
    public boolean visitInclude(String name) {
      variables.add("> " + name);
      return false;
    }

    @Override
    public boolean visitParent(String name) {
      variables.add("< " + name);
      return false;
    }

    @Override
    public boolean visitBlock(String name) {
      sections.add("$" + name);
      return true;
    }

    @Override
    public boolean visitSection(String name) {
      sections.add(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      sections.add(name);
      return true;
    }
  }
}
