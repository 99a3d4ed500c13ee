package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A ranking as tables for a terminal, best first, in lines of at most 100 characters. */
public final class RankingText {
  private static final int NAME_WIDTH = 28;
  private static final int GROUP_WIDTH = 37;

  private RankingText() {}

  /**
   * Writes the best of a ranking. Behind a score stands half of its 99% interval.
   *
   * @param limit how many fields, pairs and groups of three at most, each, &gt;= 1
   */
  public static void write(FeatureRanking ranking, int limit, Writer out) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be >= 1, found " + limit);
    }
    heading(ranking, out);
    fields(ranking.fields(), limit, out);
    groups("pairs", ranking.pairs(), limit, out);
    groups("triples", ranking.triples(), limit, out);
  }

  private static void heading(FeatureRanking ranking, Writer out) throws IOException {
    line(
        out,
        TextTable.cut(TextTable.plain(ranking.source()), NAME_WIDTH)
            + ": "
            + Numbers.count(ranking.rows())
            + " rows"
            + (ranking.malformed() == 0
                ? ""
                : ", " + Numbers.count(ranking.malformed()) + " malformed"));
    line(
        out,
        "label "
            + TextTable.cut(TextTable.plain(ranking.label()), NAME_WIDTH)
            + ": "
            + Numbers.count(ranking.labels().size())
            + " values, entropy "
            + Numbers.nats(ranking.labelEntropyNats())
            + " nats; baseline "
            + ranking.baseline().name().toLowerCase(Locale.ROOT));
    line(out, "");
  }

  private static void fields(List<RankedField> fields, int limit, Writer out) throws IOException {
    TextTable table =
        new TextTable(
            1, "", "field", "score", "±99%", "noise", "p", "values", "coverage", "traits");
    int rank = 0;
    for (RankedField field : fields.subList(0, Math.min(limit, fields.size()))) {
      Relevance relevance = field.relevance();
      table.add(
          Integer.toString(++rank),
          TextTable.cut(TextTable.plain(field.feature()), NAME_WIDTH),
          Numbers.nats(relevance.score()),
          Numbers.nats(relevance.upper() - relevance.score()),
          Numbers.nats(relevance.noiseNats()),
          Numbers.pValue(relevance.pValue()),
          (field.quality().cardinalityEstimated() ? "~" : "")
              + Numbers.count(field.quality().cardinality()),
          Numbers.percent(field.quality().coverage()),
          TextTable.plain(Traits.phrases(field)));
    }
    table.write(out);
    more("fields", fields.size() - limit, out);
  }

  private static void groups(String name, List<RankedGroup> groups, int limit, Writer out)
      throws IOException {
    if (groups.isEmpty()) {
      return;
    }
    line(out, "");
    TextTable table =
        new TextTable(1, "", name, "score", "±99%", "gain", "interaction", "p", "alike");
    int rank = 0;
    for (RankedGroup group : groups.subList(0, Math.min(limit, groups.size()))) {
      Relevance relevance = group.relevance();
      table.add(
          Integer.toString(++rank),
          names(group),
          Numbers.nats(relevance.score()),
          Numbers.nats(relevance.upper() - relevance.score()),
          Numbers.nats(group.gainNats()),
          Numbers.nats(group.interactionNats()),
          Numbers.pValue(relevance.pValue()),
          Numbers.fixed(group.similarity(), 3));
    }
    table.write(out);
    more(name, groups.size() - limit, out);
  }

  private static String names(RankedGroup group) {
    List<String> names = group.features().stream().map(TextTable::plain).toList();
    String joined = String.join(" × ", names);
    if (joined.length() <= GROUP_WIDTH) {
      return joined;
    }
    int each = (GROUP_WIDTH - 3 * (group.features().size() - 1)) / group.features().size();
    return names.stream().map(name -> TextTable.cut(name, each)).collect(Collectors.joining(" × "));
  }

  private static void more(String name, int left, Writer out) throws IOException {
    if (left > 0) {
      line(out, "and " + Numbers.count(left) + " more " + name);
    }
  }

  private static void line(Writer out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
