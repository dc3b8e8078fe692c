package dev.usher.story;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One visitor as people are: opens the shop, looks at seats, holds one, pays. Waits where told to,
 * reloads after an error, and gives up when that has failed too often.
 */
final class Buyer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Reloads of one and the same page, after which a visitor has had enough. */
  private static final int RELOADS = 5;

  private static final int BLOCKS = 20;
  private static final Pattern ORDER = Pattern.compile("\"order\":\"([^\"]+)\"");

  private final int number;
  private final String door;
  private final HttpClient client;
  private final ScheduledExecutorService time;
  private final StoryTally tally;
  private final SplittableRandom chance;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private Step step = Step.OPEN;
  private boolean waiting;
  private int failures;
  private String order = "";

  /** What a visitor does, one after the other. */
  private enum Step {
    OPEN,
    LOOK,
    HOLD,
    PAY,
    LEAVE;

    boolean changes() {
      return this != OPEN && this != LOOK;
    }

    Step next() {
      return switch (this) {
        case OPEN -> LOOK;
        case LOOK -> HOLD;
        case HOLD -> PAY;
        case PAY, LEAVE -> LEAVE;
      };
    }
  }

  /** What all of them share. */
  record Shared(String door, HttpClient client, ScheduledExecutorService time, StoryTally tally) {}

  Buyer(int number, Shared shared, long seed) {
    this.number = number;
    this.door = shared.door();
    this.client = shared.client();
    this.time = shared.time();
    this.tally = shared.tally();
    this.chance = new SplittableRandom(seed);
  }

  /** Comes for the first time. */
  void come() {
    tally.arrived();
    ask();
  }

  private void ask() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(door + path())).timeout(PATIENCE);
    request.header("Accept", waiting ? "application/json" : "text/html,application/json");
    if (!cookies.isEmpty()) {
      StringBuilder line = new StringBuilder();
      cookies.forEach(
          (name, value) ->
              line.append(line.length() == 0 ? "" : "; ").append(name).append('=').append(value));
      request.header("Cookie", line.toString());
    }
    if (!waiting && step.changes()) {
      request.header("Origin", door).POST(BodyPublishers.noBody());
    }
    var unused =
        client
            .sendAsync(request.build(), BodyHandlers.ofString())
            .whenComplete((answer, error) -> later(0, () -> got(answer, error)));
  }

  private String path() {
    if (waiting) {
      return "/_usher/place?room=concert";
    }
    return switch (step) {
      case OPEN -> "/";
      case LOOK -> "/blocks/" + number % BLOCKS;
      case HOLD -> "/blocks/" + number % BLOCKS + "/hold";
      case PAY -> "/orders/" + order + "/pay";
      case LEAVE -> "/_usher/leave?room=concert";
    };
  }

  private void got(@Nullable HttpResponse<String> answer, @Nullable Throwable error) {
    if (step == Step.LEAVE) {
      return; // Whoever has a ticket does not look back.
    }
    if (answer == null) {
      failed(kind(error));
      return;
    }
    answer.headers().allValues("set-cookie").forEach(this::keep);
    String state = answer.headers().firstValue("usher-state").orElse("");
    if (answer.statusCode() >= 500) {
      failed("HTTP " + answer.statusCode());
    } else if (waiting) {
      told(answer);
    } else if (state.equals("waiting")) {
      waiting = true;
      later(retryAfter(answer), this::ask);
    } else if (answer.statusCode() >= 400) {
      failed("HTTP " + answer.statusCode());
    } else {
      served(answer.body());
    }
  }

  private static String kind(@Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause == null ? "no answer" : cause.getClass().getSimpleName();
  }

  /** Waits on, or opens the page again once called. */
  private void told(HttpResponse<String> answer) {
    if (answer.body().contains("\"waiting\"")) {
      later(retryAfter(answer), this::ask);
    } else {
      waiting = false;
      ask();
    }
  }

  private void served(String body) {
    failures = 0;
    tally.sawTheShop(number);
    if (step == Step.HOLD) {
      Matcher found = ORDER.matcher(body);
      if (!found.find()) {
        failed("no order");
        return;
      }
      order = found.group(1);
    }
    if (step == Step.PAY) {
      tally.sold();
      step = step.next();
      if (cookies.keySet().stream().anyMatch(name -> name.contains("usher"))) {
        ask();
      }
      return;
    }
    step = step.next();
    later(1 + 3 * chance.nextDouble(), this::ask);
  }

  private void failed(String kind) {
    tally.error(number, kind);
    failures++;
    if (failures > RELOADS) {
      step = Step.LEAVE;
      tally.lost();
    } else {
      later(4 + 4 * chance.nextDouble(), this::ask);
    }
  }

  private void keep(String header) {
    String pair = header.split(";", 2)[0];
    int cut = pair.indexOf('=');
    if (cut > 0 && header.toLowerCase(Locale.ROOT).contains("max-age=0")) {
      cookies.remove(pair.substring(0, cut));
    } else if (cut > 0) {
      cookies.put(pair.substring(0, cut), pair.substring(cut + 1));
    }
  }

  private static double retryAfter(HttpResponse<String> answer) {
    return answer.headers().firstValue("retry-after").map(Double::parseDouble).orElse(2.0);
  }

  private void later(double seconds, Runnable task) {
    if (!time.isShutdown()) {
      var unused = time.schedule(task, (long) (seconds * 1000), TimeUnit.MILLISECONDS);
    }
  }
}
