package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A ranking as one HTML page that needs nothing but itself: it fetches nothing, its figures are SVG
 * inside the page, and its script only sorts and filters what is there without it.
 */
public final class RankingReport {
  /** Lets the page use its own style and script and fetch nothing at all. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private RankingReport() {}

  /** Writes the page; the writer must encode UTF-8. */
  public static void write(FeatureRanking ranking, Writer out) throws IOException {
    Markup page = new Markup();
    page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", "Fields that tell about " + ranking.label() + " · " + ranking.source());
    page.open("style").trusted(resource("report.css")).close().close().open("body").open("main");
    ReportHeader.render(ranking, page);
    FieldBars.render(ranking, page);
    FieldTable.render(ranking, page);
    PairSection.render(ranking, page);
    SelectionLists.render(ranking, page);
    QualityTable.render(ranking, page);
    page.trusted(resource("guide.html")).close();
    page.open("script").trusted(resource("report.js")).close().close().close();
    out.write(page.finish());
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(RankingReport.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
