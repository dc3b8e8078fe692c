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
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
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
    return folders
        .filter(Files::isDirectory)
        .flatMap(Source::javaFiles)
        .map(file -> parse(root.relativize(file), read(file)))
        .toList();
  }

  static Source parse(Path path, String text) {
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + path.getFileName()), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of(), null, List.of(file));
    try {
      CompilationUnitTree tree = task.parse().iterator().next();
      return new Source(path, text, tree, Trees.instance(task).getSourcePositions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
