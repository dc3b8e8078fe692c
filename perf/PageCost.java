import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What writing a waiting page costs: time of the processor, of turns that older classes, the plain
 * page and the page in gzip take one after the other, so that all meet the same machine.
 *
 * <p>perf/page runs it, with the folders of classes of today and of an older commit.
 */
final class PageCost {
  private static final int VISITORS = 1024;
  private static final int WARM_UP = 60;
  private static final int TURNS = 200;

  private static long bytes;

  private PageCost() {}

  /** Pages of one kind, with whom they are written for. */
  private record Pages(String name, MethodHandle write, Object[] standings, Object[] views) {
    /** Nanoseconds of the processor a page. */
    double cost() throws Throwable {
      var threads = ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < VISITORS; i++) {
        bytes += ((byte[]) write.invokeExact(standings[i], views[i])).length;
      }
      return (double) (threads.getCurrentThreadCpuTime() - before) / VISITORS;
    }
  }

  public static void main(String[] folders) throws Throwable {
    List<Pages> all = new ArrayList<>();
    for (int i = folders.length - 1; i >= 0; i--) {
      ClassLoader classes = new URLClassLoader(new URL[] {Path.of(folders[i]).toUri().toURL()});
      for (String language : new String[] {"ENGLISH", "ARABIC"}) {
        all.add(pages(classes, i == 0 ? "plain" : "before", "write", language));
        if (i == 0) {
          all.add(pages(classes, "gzip", "gzip", language));
        }
      }
    }
    double[][] costs = new double[all.size()][TURNS];
    for (int turn = -WARM_UP; turn < TURNS; turn++) {
      for (int i = 0; i < all.size(); i++) {
        costs[i][Math.max(0, turn)] = all.get(i).cost();
      }
    }
    System.out.println("page              us, least   us, median   (" + bytes / 1_000_000 + " MB)");
    for (int i = 0; i < costs.length; i++) {
      Arrays.sort(costs[i]);
      System.out.printf(
          Locale.ROOT,
          "%-16s %10.2f %12.2f%n",
          all.get(i).name(), costs[i][0] / 1000, costs[i][TURNS / 2] / 1000);
    }
  }

  private static Pages pages(ClassLoader classes, String name, String method, String language)
      throws ReflectiveOperationException {
    Class<?> standing = Class.forName("dev.usher.page.Standing", true, classes);
    Class<?> page = Class.forName("dev.usher.page.WaitingPage", true, classes);
    Class<?> view = Class.forName("dev.usher.page.WaitingPage$View", true, classes);
    Class<?> number = Class.forName("dev.usher.page.WaitingPage$LineNumber", true, classes);
    Class<?> choice = Class.forName("dev.usher.page.Choice", true, classes);
    Class<?> languages = Class.forName("dev.usher.page.Language", true, classes);
    Object chosen =
        choice
            .getConstructor(languages, boolean.class)
            .newInstance(languages.getMethod("valueOf", String.class).invoke(null, language), false);
    Object[] standings = new Object[VISITORS];
    Object[] views = new Object[VISITORS];
    Constructor<?> ofView =
        view.getConstructor(choice, number, Class.forName("dev.usher.page.Ended", true, classes));
    for (int i = 0; i < VISITORS; i++) {
      Object place =
          number.getConstructor(long.class, long.class).newInstance(1_764_446_400_000L, 5000L + i);
      standings[i] = standing(standing, i);
      views[i] = ofView.newInstance(chosen, place, null);
    }
    MethodHandle write =
        MethodHandles.publicLookup()
            .in(page)
            .unreflect(page.getMethod(method, standing, view))
            .bindTo(page(page))
            .asType(MethodType.methodType(byte[].class, Object.class, Object.class));
    return new Pages(name + " " + language.toLowerCase(Locale.ROOT), write, standings, views);
  }

  /** Older pages may have no look. */
  private static Object page(Class<?> page) throws ReflectiveOperationException {
    Constructor<?> constructor = page.getConstructors()[0];
    if (constructor.getParameterCount() == 2) {
      return constructor.newInstance("concert", "City Concert");
    }
    Object plain = constructor.getParameterTypes()[2].getField("PLAIN").get(null);
    return constructor.newInstance("concert", "City Concert", plain);
  }

  /** Visitors far forward and far back, each told a range if the page knows of any. */
  private static Object standing(Class<?> standing, int i) throws ReflectiveOperationException {
    long ahead = (long) i * i;
    Constructor<?> whole =
        Arrays.stream(standing.getConstructors())
            .max(Comparator.comparing(Constructor::getParameterCount))
            .orElseThrow();
    Class<?>[] types = whole.getParameterTypes();
    Object[] values = new Object[types.length];
    for (int j = 0; j < types.length; j++) {
      if (types[j] == long.class) {
        values[j] = j == 1 ? ahead : 2500L;
      } else if (types[j] == boolean.class) {
        values[j] = false;
      } else if (types[j] == String.class) {
        values[j] = "";
      } else if (types[j].isEnum()) {
        values[j] = types[j].getEnumConstants()[0];
      } else if (types[j].getSimpleName().equals("WaitRange")) {
        values[j] =
            types[j].getConstructor(long.class, long.class).newInstance(1000L * i, 1500L * i);
      }
    }
    return whole.newInstance(values);
  }
}
