package dev.usher.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java file, as text and as the compiler parses it.
 *
 * @param path where it is, relative to the root of the sources
 * @param text all of it
 * @param tree its parse
 * @param positions where each part of the parse begins and ends
 */
record Source(Path path, String text, CompilationUnitTree tree, SourcePositions positions) {
  /** Every Java file below these folders; a folder that is not there holds none. */
  static List<Source> below(Path root, Stream<Path> folders) {
    return parse(
        folders
            .filter(Files::isDirectory)
            .flatMap(Source::javaFiles)
            .map(file -> new Text(root.relativize(file), read(file)))
            .toList());
  }

  static Source parse(Path path, String text) {
    return parse(List.of(new Text(path, text))).get(0);
  }

  /** All in one go: the compiler takes longer to start than to parse. */
  private static List<Source> parse(List<Text> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, texts);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<Source> sources = new ArrayList<>();
    try {
      for (CompilationUnitTree tree : task.parse()) {
        // Parsed in the order given; the tree knows its file only in a wrapping of the compiler's.
        Text text = texts.get(sources.size());
        sources.add(new Source(text.path, text.content, tree, positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /** A file as the compiler wants it. */
  private static final class Text extends SimpleJavaFileObject {
    final Path path;
    final String content;

    Text(Path path, String content) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.path = path;
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }

  String packageName() {
    ExpressionTree name = tree.getPackageName();
    return name == null ? "" : name.toString();
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** The types at the top of the file. */
  List<ClassTree> types() {
    return tree.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .map(ClassTree.class::cast)
        .toList();
  }

  int firstLine(Tree part) {
    return line(positions.getStartPosition(tree, part));
  }

  int lastLine(Tree part) {
    return line(positions.getEndPosition(tree, part));
  }

  private int line(long position) {
    return position < 0 ? 1 : (int) tree.getLineMap().getLineNumber(position);
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
