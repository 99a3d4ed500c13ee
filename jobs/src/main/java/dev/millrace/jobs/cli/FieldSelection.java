package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.report.RankingOrder;
import dev.millrace.features.table.TableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which fields of a catalogue are used: those named, or the best of a ranking. */
final class FieldSelection {
  private static final Pattern TOP = Pattern.compile("top:(\\d+)");

  private FieldSelection() {}

  /**
   * The catalogue with the fields that are used, in its own order.
   *
   * @param fields names with commas between them, or {@code top:K}
   * @param ranking file of a ranking, given exactly with {@code top:K}
   * @throws TableException if they do not fit together or name what is no field
   */
  static FeatureCatalog select(FeatureCatalog catalog, String fields, Optional<Path> ranking)
      throws IOException {
    Matcher top = TOP.matcher(fields);
    if (top.matches() != ranking.isPresent()) {
      throw new TableException(
          "--fields top:K and --ranking must come together, found --fields "
              + fields
              + (ranking.isPresent() ? " with --ranking" : " without --ranking"));
    }
    try {
      return ranking.isPresent()
          ? best(catalog, top.group(1), ranking.get())
          : catalog.withFields(Arrays.asList(fields.split(",")));
    } catch (IllegalArgumentException e) {
      throw new TableException("--fields " + fields + ": " + e.getMessage());
    }
  }

  /** What a ranking has beyond the catalogue, derived fields and controls, is passed over. */
  private static FeatureCatalog best(FeatureCatalog catalog, String count, Path ranking)
      throws IOException {
    List<String> ranked =
        RankingOrder.read(ranking).stream().filter(name -> catalog.ordinal(name) >= 0).toList();
    int wanted = Integer.parseInt(count);
    if (wanted < 1 || wanted > ranked.size()) {
      throw new IllegalArgumentException(
          "K must be in 1..%d, the fields of the catalogue that %s ranks, found %d"
              .formatted(ranked.size(), ranking, wanted));
    }
    return catalog.withFields(ranked.subList(0, wanted));
  }
}
