package dev.millrace.jobs.experiments;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.features.data.InteractionRows;
import dev.millrace.features.data.MovieLensRows;
import dev.millrace.features.data.RowColumns;
import dev.millrace.features.table.CompleteRows;
import dev.millrace.features.table.Rows;
import dev.millrace.models.data.DataRequest;
import dev.millrace.models.data.DataSet;
import dev.millrace.models.data.RowSource;
import dev.millrace.models.data.Shares;
import dev.millrace.models.data.Split;
import dev.millrace.models.data.SplitConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * MovieLens-1M as the papers split it: a rating above 3 is a click, below 3 none, 3 is dropped; 8
 * to 1 to 1 at random.
 *
 * @param directory of the data set
 * @param work directory of the prepared examples
 */
record MovieLensData(Path directory, Path work) {
  /** The seed of AutoInt's split is that of the first training here. */
  private static final long FIRST_SPLIT = 2018;

  private static final String TIMESTAMP = "timestamp";

  /**
   * All 739,012 ratings under a built-in catalogue.
   *
   * @param seed of the training; another seed is another split, whose test part alone moves an AUC
   *     by some 0.0015
   */
  DataSet all(String catalog, long seed) throws IOException {
    return prepare(BuiltInCatalogs.load(catalog), seed, () -> MovieLensRows.open(directory));
  }

  /** All ratings under a catalogue. */
  DataSet all(FeatureCatalog catalog, long seed) throws IOException {
    return prepare(catalog, seed, () -> MovieLensRows.open(directory));
  }

  /** The ratings whose time is known, under a catalogue. */
  DataSet timed(FeatureCatalog catalog, long seed) throws IOException {
    return prepare(catalog, seed, this::timedRows);
  }

  private Rows timedRows() throws IOException {
    return new CompleteRows(MovieLensRows.open(directory), TIMESTAMP);
  }

  /**
   * All ratings with columns of noise, other ones for another seed. What was prepared for this seed
   * before makes room for it: the sets of fields are many.
   *
   * @param catalog of fields and noise
   */
  DataSet noisy(FeatureCatalog catalog, List<NoiseColumn> noise, long seed) throws IOException {
    RowSource ratings = RowSource.of(directory, () -> noisyRows(noise, seed));
    RowSource rows = new RowSource(ratings.version() + noise + seed, ratings.opener());
    return prepare(catalog, seed, rows, "noisy-" + seed);
  }

  /** The rows of {@link #noisy} that are trained on. */
  Rows noisyTraining(List<NoiseColumn> noise, long seed) throws IOException {
    return new TrainingRows(
        noisyRows(noise, seed), new Split.Random(Shares.DEFAULT, FIRST_SPLIT + seed));
  }

  private Rows noisyRows(List<NoiseColumn> noise, long seed) throws IOException {
    return new NoisyRows(MovieLensRows.open(directory), noise, seed);
  }

  private DataSet prepare(FeatureCatalog catalog, long seed, RowSource.Opener rows)
      throws IOException {
    String name = catalog.name() + "-" + catalog.fingerprint().substring(0, 8) + "-" + seed;
    return prepare(catalog, seed, RowSource.of(directory, rows), name);
  }

  private DataSet prepare(FeatureCatalog catalog, long seed, RowSource rows, String name)
      throws IOException {
    DataRequest request =
        new DataRequest(
            rows,
            Map.of(),
            catalog,
            RowColumns.ofLabel(InteractionRows.LABEL),
            new SplitConfig(SplitConfig.Mode.RANDOM, Shares.DEFAULT, FIRST_SPLIT + seed));
    return DataSet.prepare(request, work.resolve(name), (stage, done, share) -> {});
  }
}
