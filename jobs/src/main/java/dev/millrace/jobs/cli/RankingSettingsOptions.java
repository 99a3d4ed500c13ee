package dev.millrace.jobs.cli;

import dev.millrace.features.ranking.Baseline;
import dev.millrace.features.table.Derivations;
import dev.millrace.features.table.Derivations.SubFeature;
import dev.millrace.features.table.Interactions;
import dev.millrace.features.table.RankingOptions;
import dev.millrace.features.table.TableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** How rows are ranked. */
final class RankingSettingsOptions {

  @Option(
      names = "--baseline",
      paramLabel = "BASELINE",
      description =
          "What is subtracted: expected (exact expectation under independence), shifted (OutRank's,"
              + " depends on the order of rows; derived and sampled fields are scored as expected)"
              + " or none (default: ${DEFAULT-VALUE}).")
  private String baseline = "expected";

  @Option(
      names = "--pairs",
      arity = "0..1",
      paramLabel = "all|top:K",
      fallbackValue = "all",
      description = "Rank pairs too: of all fields, or of the K best ones.")
  private String pairs;

  @Option(
      names = "--order",
      paramLabel = "1|2|3",
      description =
          "Most fields taken together: 2 is --pairs, 3 adds triples, of the 20 best fields or of"
              + " those that --pairs top:K names.")
  private Integer order;

  @Option(
      names = "--exclude",
      split = ",",
      paramLabel = "COLUMN,...",
      description = "Columns that are no fields.")
  private Set<String> exclude = new LinkedHashSet<>();

  @Option(
      names = "--missing",
      paramLabel = "SYMBOL,...",
      description =
          "What stands for a missing value (default: nothing at all, and {}). It is a value of its"
              + " own to the scores, and not to coverage.")
  private String missing = ",{}";

  @Option(
      names = "--heuristics",
      split = ",",
      paramLabel = "NAME,...",
      description =
          "Other scores beside: max-value-coverage, pearson, chi-square, cramers-v, surrogate.")
  private List<String> heuristics = new ArrayList<>();

  @Option(
      names = "--transformers",
      split = ",",
      paramLabel = "NAME,...",
      description =
          "Fields made of numeric ones: default, minimal, fw-transformers, verbose, single"
              + " transformers, or a FILE.json of them. A result that merges no values scores as"
              + " its source does and is left out.")
  private List<String> transformers = new ArrayList<>();

  @Option(
      names = "--explode",
      split = ",",
      paramLabel = "COLUMN,...",
      description =
          "Columns of several values between semicolons: one field for each of the 100 most"
              + " frequent values.")
  private Set<String> explode = new LinkedHashSet<>();

  @Option(
      names = "--sub-features",
      split = ",",
      paramLabel = "A->B,...",
      description = "Fields B split by the 50 most frequent values of A; A<->B for both ways.")
  private List<String> subFeatures = new ArrayList<>();

  @Option(
      names = "--noise-controls",
      description = "Add fields of pure noise, the yardstick for informative ones.")
  private boolean noiseControls;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Of the noise controls (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--significance",
      paramLabel = "P",
      description =
          "Chance, over all fields together, that noise passes for information (default:"
              + " ${DEFAULT-VALUE}).")
  private double significance = 0.01;

  @Option(
      names = "--rare-count",
      paramLabel = "N",
      description = "Most rows of a rare value (default: ${DEFAULT-VALUE}).")
  private long rareCount = 1;

  @Option(
      names = "--max-values",
      paramLabel = "N",
      description =
          "Distinct values of a field up to which it is counted exactly; beyond, values are"
              + " sampled, and the field has no pairs, transforms or surrogate score (default:"
              + " ${DEFAULT-VALUE}).")
  private int maxValues = RankingOptions.DEFAULT_MAX_VALUES;

  @Option(
      names = "--batch-rows",
      paramLabel = "N",
      description = "Rows of a batch of the shifted baseline (default: ${DEFAULT-VALUE}).")
  private int batchRows = RankingOptions.DEFAULT_BATCH_ROWS;

  /**
   * The options.
   *
   * @throws TableException for a value out of its range
   */
  RankingOptions options(String label) {
    return new RankingOptions(
        label,
        exclude,
        Set.copyOf(Arrays.asList(missing.split(",", -1))),
        baseline(),
        batchRows,
        interactions(),
        new Derivations(transformers, explode, subFeatures(), noiseControls, seed),
        heuristics,
        maxValues,
        rareCount,
        significance);
  }

  /** Whether fields are taken together. */
  boolean hasPairs() {
    return interactions().order() > 1;
  }

  private Baseline baseline() {
    for (Baseline each : Baseline.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(baseline)) {
        return each;
      }
    }
    throw new TableException("--baseline must be expected, shifted or none, found " + baseline);
  }

  private Interactions interactions() {
    int most = order == null ? pairs == null ? 1 : 2 : order;
    if (most == 1 && pairs != null) {
      throw new TableException("--order must be 2 or 3 with --pairs, found 1");
    }
    if (pairs == null || pairs.equals("all")) {
      return new Interactions(most, 0);
    }
    if (!pairs.matches("top:[1-9][0-9]{0,8}")) {
      throw new TableException("--pairs must be all or top:K, found " + pairs);
    }
    return new Interactions(most, Integer.parseInt(pairs.substring("top:".length())));
  }

  private List<SubFeature> subFeatures() {
    Set<SubFeature> all = new LinkedHashSet<>();
    for (String mapping : subFeatures) {
      boolean both = mapping.contains("<->");
      String[] ends = mapping.split(both ? "<->" : "->", -1);
      if (ends.length != 2 || ends[0].isEmpty() || ends[1].isEmpty()) {
        throw new TableException("--sub-features must be like A->B or A<->B, found " + mapping);
      }
      all.add(new SubFeature(ends[0], ends[1]));
      if (both) {
        all.add(new SubFeature(ends[1], ends[0]));
      }
    }
    return List.copyOf(all);
  }
}
