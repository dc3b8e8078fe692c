package dev.usher.cli.demo;

/** The pages of the demo's shop. */
final class ShopPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>City Concert: seats</title>
      <style>body{font:18px/1.5 sans-serif;max-width:38em;margin:2em auto;padding:0 1em}
      button{font:inherit;padding:.4em 1em}</style>
      <main>
      """;

  private ShopPage() {}

  static String seats(int free, String cheapest) {
    return HEAD
        + "<h1>You are in the shop</h1>\n<p>"
        + free
        + " seats are free. The cheapest: "
        + cheapest
        + ".</p>\n"
        + """
        <form method="post" action="/crowd">
        <p>See for yourself what others see on the day of the sale:</p>
        <p><button>Send another crowd</button></p>
        </form>
        </main>
        """;
  }

  static String crowd(String said) {
    return HEAD
        + "<h1>A crowd is on its way</h1>\n<p>"
        + said
        + "</p>\n"
        + """
        <p>You are still inside. Give your place back, then open the shop again: you will stand
        in the line behind them.</p>
        <form method="post" action="/_usher/leave">
        <p><button>Give my place back</button></p>
        </form>
        <p><a href="/">Open the shop</a></p>
        </main>
        """;
  }
}
