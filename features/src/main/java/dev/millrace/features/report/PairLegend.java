package dev.millrace.features.report;

/** What the colours of a map of pairs mean. */
final class PairLegend {
  /** Steps from nothing to the greatest value. */
  private static final int STEPS = 5;

  private PairLegend() {}

  /**
   * Draws the legend.
   *
   * @param greatest interaction on the map, nats; 0 if there is none
   */
  static void render(double greatest, Markup page) {
    page.open("figcaption", "class", "legend");
    page.open("span").text("Similarity 0 ");
    swatches("similarity", false, page);
    page.text(" 1").close();
    if (greatest > 0) {
      page.open("span").text("Synergy −" + Numbers.brief(greatest) + " ");
      swatches("synergy", true, page);
      swatches("redundancy", false, page);
      page.text(" +" + Numbers.brief(greatest) + " nats redundancy").close();
    } else {
      page.element("span", "No pair shows synergy or redundancy beyond chance");
    }
    page.close();
  }

  private static void swatches(String style, boolean descending, Markup page) {
    page.open("svg", "width", Numbers.length(STEPS * 14), "height", "12", "aria-hidden", "true");
    for (int i = 0; i < STEPS; i++) {
      int step = descending ? STEPS - i : i + 1;
      page.empty(
          "rect",
          "class",
          style,
          "x",
          Numbers.length(i * 14),
          "width",
          "13",
          "height",
          "12",
          "fill-opacity",
          Numbers.length((double) step / STEPS));
    }
    page.close();
  }
}
