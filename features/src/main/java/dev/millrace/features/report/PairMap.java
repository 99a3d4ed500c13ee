package dev.millrace.features.report;

import dev.millrace.features.ranking.RankedGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of fields as a square map, fields in clustered order both ways: similarity below the
 * diagonal, interaction above. A colour's opacity grows with the square root, so that small values
 * are seen, and works on light and on dark paper.
 */
final class PairMap {
  private static final int LABEL_LENGTH = 22;
  private static final double TREE_GAP = 12;

  private final Markup page;
  private final List<String> names;
  private final Map<List<String>, RankedGroup> pairs = new HashMap<>();
  private final double cell;
  private final double labels;
  private final double greatest;

  private PairMap(Markup page, List<String> names, List<RankedGroup> groups) {
    this.page = page;
    this.names = names;
    this.cell = Math.max(12, Math.min(26, 560.0 / names.size()));
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    this.labels = 12 + Math.min(LABEL_LENGTH, longest) * 0.58 * fontSize();
    groups.forEach(pair -> pairs.put(pair.features(), pair));
    this.greatest =
        groups.stream()
            .filter(pair -> InteractionReading.of(pair).isReal())
            .mapToDouble(pair -> Math.abs(pair.interactionNats()))
            .max()
            .orElse(0);
  }

  static void render(
      List<String> features, FieldClusters clusters, List<RankedGroup> groups, Markup page) {
    List<String> ordered = clusters.leaves().stream().map(features::get).toList();
    PairMap map = new PairMap(page, ordered, groups);
    page.open("figure", "class", "map");
    PairLegend.render(map.greatest, page);
    page.open("div", "class", "scroll");
    map.draw(clusters);
    page.close().close();
  }

  private void draw(FieldClusters clusters) {
    double side = names.size() * cell;
    String width = Numbers.length(labels + side + Dendrogram.WIDTH + 2 * TREE_GAP);
    String height = Numbers.length(labels + side + Dendrogram.AXIS_HEIGHT);
    page.open(
        "svg",
        "role",
        "img",
        "aria-label",
        "Map of pairs of fields; the table below holds its figures",
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + width + " " + height,
        "font-size",
        Numbers.length(fontSize()));
    labels();
    group(labels, labels);
    cells();
    group(side + TREE_GAP, 0);
    Dendrogram.render(clusters, cell, page);
    page.close().close().close();
  }

  private void group(double x, double y) {
    String offset = "translate(" + Numbers.length(x) + " " + Numbers.length(y) + ")";
    page.open("g", "transform", offset);
  }

  private double fontSize() {
    return Math.min(12, cell - 1.5);
  }

  private void labels() {
    for (int i = 0; i < names.size(); i++) {
      String middle = Numbers.length(labels + (i + 0.5) * cell);
      String end = Numbers.length(labels - 6);
      String name = TextTable.cut(names.get(i), LABEL_LENGTH);
      page.element("text", name, "x", end, "y", middle, "dy", ".35em", "text-anchor", "end");
      page.element(
          "text",
          name,
          "transform",
          "translate(" + middle + " " + end + ") rotate(-90)",
          "dy",
          ".35em");
    }
  }

  private void cells() {
    for (int row = 0; row < names.size(); row++) {
      rectangle(row, row, "self", 1);
      for (int column = 0; column < row; column++) {
        RankedGroup pair = pair(names.get(row), names.get(column));
        if (pair != null) {
          page.open("g").element("title", reading(pair));
          similarity(row, column, pair);
          interaction(row, column, pair);
          page.close();
        }
      }
    }
  }

  private void similarity(int row, int column, RankedGroup pair) {
    boolean alike = pair.similarity() >= FieldClusters.NEGLIGIBLE;
    rectangle(row, column, alike ? "similarity" : "blank", alike ? pair.similarity() : 1);
  }

  private void interaction(int row, int column, RankedGroup pair) {
    InteractionReading interaction = InteractionReading.of(pair);
    boolean real = interaction.isReal();
    double strength = real ? Math.abs(pair.interactionNats()) / greatest : 1;
    rectangle(column, row, real ? interaction.reading() : "blank", strength);
  }

  private RankedGroup pair(String a, String b) {
    RankedGroup pair = pairs.get(List.of(a, b));
    return pair == null ? pairs.get(List.of(b, a)) : pair;
  }

  private void rectangle(int down, int across, String style, double strength) {
    page.empty(
        "rect",
        "class",
        style,
        "x",
        Numbers.length(across * cell + 0.5),
        "y",
        Numbers.length(down * cell + 0.5),
        "width",
        Numbers.length(cell - 1),
        "height",
        Numbers.length(cell - 1),
        "fill-opacity",
        Numbers.length(Math.sqrt(Math.min(1, strength))));
  }

  private static String reading(RankedGroup pair) {
    return String.join(" × ", pair.features())
        + ": similarity "
        + Numbers.fixed(pair.similarity(), 3)
        + ", interaction "
        + Numbers.nats(pair.interactionNats())
        + ", score "
        + Numbers.nats(pair.relevance().score())
        + ", gain "
        + Numbers.nats(pair.gainNats());
  }
}
