package dev.usher.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for what would not work in a template, when its file is read and not when somebody waits.
 * It is there to help: what keeps a page from doing more than it should is its policy.
 */
final class TemplateCheck {
  private static final Pattern TAG = Pattern.compile("<([a-zA-Z][^\\s/>]*)([^>]*)>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s\"'<>/=]+)\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s\"'>]+)");
  private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]+)\"");

  /** What else a browser does not show as a part of the page: to the end, if it does not end. */
  private static final Pattern UNSHOWN =
      Pattern.compile("(?s)<!--.*\\z|<title\\b.*?(?:</title>|\\z)");

  private static final Pattern DELIMITERS = Pattern.compile("\\{\\{=[^}]*");
  private static final Pattern LOADED = Pattern.compile("(?i)@import|url\\(\\s*+[\"']?+(?!#)");

  private static final String NO_LOADING =
      "load nothing: the page is one request, and its policy blocks all others";
  private static final String NO_FORM = "have no form: a waiting visitor has nowhere to send it";
  private static final String NO_PICTURE =
      "have no picture but {{{logo}}} and <svg> in the template itself: the policy blocks others";
  private static final String NO_HIDING =
      "have no such element: browsers do not show what is in it as a part of the page";
  private static final String NO_REFERRER =
      "leave the referrer as it is: addresses of a visitor's pages may hold secrets";
  private static final String NO_HANDLER = "have no script: the policy runs none but Usher's own";

  private static final Map<String, String> ELEMENTS =
      Map.ofEntries(
          Map.entry("script", NO_HANDLER),
          Map.entry("link", NO_LOADING),
          Map.entry("iframe", NO_LOADING),
          Map.entry("frame", NO_LOADING),
          Map.entry("object", NO_LOADING),
          Map.entry("embed", NO_LOADING),
          Map.entry("audio", NO_LOADING),
          Map.entry("video", NO_LOADING),
          Map.entry("image", NO_PICTURE),
          Map.entry("form", NO_FORM),
          Map.entry("template", NO_HIDING),
          Map.entry("noscript", NO_HIDING),
          Map.entry("textarea", NO_HIDING),
          Map.entry("noframes", NO_HIDING),
          Map.entry("noembed", NO_HIDING),
          Map.entry("xmp", NO_HIDING),
          Map.entry("plaintext", NO_HIDING),
          Map.entry("base", "have no <base>: the page's own links would lead elsewhere"),
          Map.entry("main", "have no <main>: {{{main}}} is one"));

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "style", "have no attribute style, which the policy blocks: write a class and a <style>",
          "src", NO_PICTURE,
          "srcset", NO_PICTURE,
          "background", NO_PICTURE,
          "formaction", NO_FORM,
          "referrerpolicy", NO_REFERRER,
          "http-equiv", "have no http-equiv: {{{head}}} has what the page needs");

  private final String source;
  private final List<Template.Fault> faults = new ArrayList<>();

  TemplateCheck(String source) {
    this.source = source;
  }

  List<Template.Fault> faults() {
    Matcher delimiters = DELIMITERS.matcher(source);
    while (delimiters.find()) {
      fault("leave the braces of Mustache as they are", delimiters.start(), delimiters.group());
    }
    names();
    styles();
    tags(withoutComments(source));
    if (faults.isEmpty()) {
      parts();
    }
    return List.copyOf(faults);
  }

  private void fault(String must, int at, String has) {
    int line = (int) source.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    faults.add(new Template.Fault(must, line, has));
  }

  private void names() {
    Set<String> variables = new TreeSet<>();
    Set<String> sections = new TreeSet<>();
    try {
      Mustache.compiler().compile(source).visit(new Template.Names(variables, sections));
    } catch (MustacheException | UnsupportedOperationException e) {
      faults.add(new Template.Fault("be a template of Mustache", 0, "a fault: " + e.getMessage()));
    }
    variables.removeAll(Template.VARIABLES);
    sections.removeAll(Template.sections());
    variables.forEach(
        name -> named("name only what there is: " + join(Template.VARIABLES), name, "[{&]?"));
    sections.forEach(
        name ->
            named("have sections only of what there is: " + join(Template.sections()), name, "."));
  }

  private static String join(Set<String> names) {
    return String.join(", ", names);
  }

  private void named(String must, String name, String sign) {
    String spaced = name.replaceFirst("^[<>$] ?", "");
    Matcher found =
        Pattern.compile("\\{\\{(?:" + sign + "|[<>$])\\s*" + Pattern.quote(spaced) + "\\s*}}+")
            .matcher(source);
    if (found.find()) {
      fault(must, found.start(), found.group());
    } else {
      faults.add(new Template.Fault(must, 0, "{{" + name + "}}"));
    }
  }

  private void styles() {
    Matcher style = Template.STYLE.matcher(source);
    while (style.find()) {
      if (style.group(1) == null) {
        continue; // a comment, which may well speak of a style
      }
      if (style.group(1).contains("{{")) {
        fault("have the same <style> for everyone", style.start(1), "a variable in it");
      }
      Matcher loaded = LOADED.matcher(style.group(1));
      while (loaded.find()) {
        fault(NO_LOADING, style.start(1) + loaded.start(), loaded.group());
      }
    }
  }

  private void tags(String markup) {
    Set<String> taken = ours();
    Matcher tag = TAG.matcher(markup);
    while (tag.find()) {
      String element = tag.group(1).toLowerCase(Locale.ROOT);
      String wrong = ELEMENTS.get(element);
      if (element.equals("title") && !isInPicture(markup, tag.start())) {
        wrong = "have no <title>: {{{head}}} has it";
      }
      if (wrong != null) {
        fault(wrong, tag.start(), "<" + element + ">");
      }
      Matcher attribute = ATTRIBUTE.matcher(tag.group(2));
      while (attribute.find()) {
        attribute(attribute.toMatchResult(), tag.start(2), taken);
      }
    }
  }

  /** Whether this is within an {@code <svg>}, where a title is the name of the picture. */
  private static boolean isInPicture(String markup, int at) {
    return markup.lastIndexOf("<svg", at) > markup.lastIndexOf("</svg", at);
  }

  private void attribute(MatchResult found, int start, Set<String> taken) {
    String name = found.group(1).toLowerCase(Locale.ROOT);
    String value = found.group(2).replaceAll("^[\"']|[\"']$", "").strip();
    String wrong = ATTRIBUTES.get(name);
    if (name.startsWith("on") || value.toLowerCase(Locale.ROOT).startsWith("javascript:")) {
      wrong = NO_HANDLER;
    } else if (name.equals("id") && taken.contains(value)) {
      wrong = "have ids of its own: the page's script looks for this one";
    } else if (name.equals("name") && value.equalsIgnoreCase("referrer")) {
      wrong = NO_REFERRER;
    }
    if (wrong != null) {
      fault(wrong, start + found.start(), name + "=\"" + value + "\"");
    }
  }

  /** The ids of our own parts, as a page has them that has all of them. */
  private static Set<String> ours() {
    Look whole =
        new Look(
            new Logo("", ""),
            Look.PLAIN.light(),
            Look.PLAIN.dark(),
            List.of(new Look.Link("", "/")),
            Map.of());
    byte[] page =
        new Sheet(Language.ENGLISH, "", "", whole)
            .copy(
                Standing.NONE,
                new WaitingPage.View(new Choice(Language.ENGLISH, true), null, Ended.IDLE, true))
            .plain();
    return ID.matcher(new String(page, StandardCharsets.UTF_8))
        .results()
        .map(id -> id.group(1))
        .collect(Collectors.toSet());
  }

  /** What must be there, in every language, whether the page is for those who wait or not. */
  private void parts() {
    Template template = Template.of(source);
    for (boolean waiting : new boolean[] {true, false}) {
      for (Language language : Language.values()) {
        Map<String, String> room = Map.of("title", "", "logo", "", "links", "");
        String written = template.write(language, waiting, room);
        String wrong = wrong(written, language);
        if (!wrong.isEmpty()) {
          String where = waiting ? " in the language " : " on refusals in the language ";
          faults.add(new Template.Fault(wrong, 0, "this otherwise" + where + language.tag()));
          return;
        }
      }
    }
  }

  private static String wrong(String written, Language language) {
    String page = written.toLowerCase(Locale.ROOT);
    if (!page.startsWith("<!doctype html>")) {
      return "begin with <!doctype html>";
    }
    String tag = "lang=\"" + language.tag().toLowerCase(Locale.ROOT) + "\"";
    String direction = language.rightToLeft() ? "dir=\"rtl\"" : "";
    Matcher html = Pattern.compile("<html\\b[^>]*>").matcher(page);
    if (!html.find() || !html.group().contains(tag) || !html.group().contains(direction)) {
      return "have <html lang=\"{{language}}\" dir=\"{{direction}}\">";
    }
    String shown = UNSHOWN.matcher(withoutComments(page)).replaceAll("");
    if (count(page, Template.HEAD) != 1 || !isWithin(shown, Template.HEAD, "<head>", "</head>")) {
      return "have {{{head}}} once, between <head> and </head>";
    }
    return count(page, Template.MAIN) == 1
            && isWithin(shown, Template.MAIN, "<body", "</body>")
            && page.indexOf(Template.HEAD) < page.indexOf(Template.MAIN)
        ? ""
        : "have {{{main}}} once, after the head, between <body> and </body>";
  }

  private static long count(String page, char part) {
    return page.chars().filter(c -> c == part).count();
  }

  private static boolean isWithin(String page, char part, String after, String before) {
    int at = page.indexOf(part);
    return at >= 0
        && page.lastIndexOf(after, at) >= 0
        && page.indexOf(before, at) >= 0
        && page.lastIndexOf(before, at) < 0;
  }

  /** The same with blanks for comments and the text of styles, and with all its lines. */
  private static String withoutComments(String text) {
    StringBuilder blanked = new StringBuilder(text);
    Matcher found = Template.STYLE.matcher(text);
    while (found.find()) {
      int group = found.group(1) == null ? 0 : 1;
      for (int at = found.start(group); at < found.end(group); at++) {
        if (blanked.charAt(at) != '\n') {
          blanked.setCharAt(at, ' ');
        }
      }
    }
    return blanked.toString();
  }
}
