package dev.usher.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the crowd.
 *
 * @param early minutes of pods that were there before the crowd, beyond those that the shop has at
 *     any time
 */
record Trial(Trial.Kind kind, List<Row> course, double early) {
  /** How the shop was scaled, and who stood before it. */
  enum Kind {
    HPA("hpa", "HPA alone", "#c33"),
    USHER("usher", "Usher, HPA", "#e90"),
    SIGNAL("signal", "Usher, signal", "#28c"),
    SCHEDULE("schedule", "Usher, schedule", "#083");

    private final String folder;
    private final String words;
    private final String colour;

    Kind(String folder, String words, String colour) {
      this.folder = folder;
      this.words = words;
      this.colour = colour;
    }

    String folder() {
      return folder;
    }

    String words() {
      return words;
    }

    String colour() {
      return colour;
    }
  }

  /** Reads course.csv, and from pods.csv how many pods there were at each of its moments. */
  static Trial read(Kind kind, Path folder) throws IOException {
    List<String> pods = Files.readAllLines(folder.resolve("pods.csv"));
    List<Row> course = new ArrayList<>();
    int next = 0;
    int[] last = new int[3];
    for (String line : Files.readAllLines(folder.resolve("course.csv"))) {
      if (line.equals(Row.HEADING)) {
        continue;
      }
      Row row = Row.of(line);
      while (next < pods.size() && second(pods.get(next)) <= row.seconds()) {
        String[] words = pods.get(next++).split(",", -1);
        for (int i = 0; i < last.length; i++) {
          last[i] = Integer.parseInt(words[i + 1]);
        }
      }
      course.add(row.withPods(last[0], last[1], last[2]));
    }
    return new Trial(kind, List.copyOf(course), early(pods));
  }

  private static double early(List<String> pods) {
    double sum = 0;
    for (int i = 1; i < pods.size() && second(pods.get(i)) < 0; i++) {
      int more = pods(pods.get(i)) - pods(pods.get(0));
      sum += more * (second(pods.get(i)) - second(pods.get(i - 1)));
    }
    return sum / 60;
  }

  private static int pods(String line) {
    return Integer.parseInt(line.split(",", -1)[1]);
  }

  private static double second(String line) {
    return Double.parseDouble(line.split(",", 2)[0]);
  }

  Row end() {
    return course.get(course.size() - 1);
  }

  /** The second in which the last of those who got in saw the shop. */
  double lastIn() {
    int all = end().in();
    return course.stream().filter(row -> row.in() == all).findFirst().orElseThrow().seconds();
  }

  /** Minutes of pods, ready or not, until the end of the run, with those that came early. */
  double podMinutes() {
    double sum = 0;
    for (int i = 1; i < course.size(); i++) {
      sum += course.get(i).pods() * (course.get(i).seconds() - course.get(i - 1).seconds());
    }
    return early + sum / 60;
  }

  int mostPods() {
    return course.stream().mapToInt(Row::pods).max().orElse(0);
  }

  /** The row of this second; the last one where the run was over by then. */
  Row at(int second) {
    return course.stream().filter(row -> row.seconds() >= second).findFirst().orElse(end());
  }
}
