package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import java.io.IOException;
import java.io.Writer;

/** A ranking as one HTML page that needs nothing but itself. */
public final class RankingReport {
  private RankingReport() {}

  /** Writes the page; the writer must encode UTF-8. */
  public static void write(FeatureRanking ranking, Writer out) throws IOException {
    String title = "Fields that tell about " + ranking.label() + " · " + ranking.source();
    ReportPage.write(title, "", page -> render(ranking, page), out);
  }

  private static void render(FeatureRanking ranking, Markup page) {
    ReportHeader.render(ranking, page);
    FieldBars.render(ranking, page);
    FieldTable.render(ranking, page);
    PairSection.render(ranking, page);
    SelectionLists.render(ranking, page);
    QualityTable.render(ranking, page);
    page.trusted(ReportPage.resource(ReportPage.class, "guide.html"));
  }
}
