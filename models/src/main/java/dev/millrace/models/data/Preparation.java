package dev.millrace.models.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.RowValues;
import dev.millrace.features.encoding.BucketingFitter;
import dev.millrace.features.encoding.Reservoir;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.features.encoding.VocabularyBuilder;
import dev.millrace.features.table.Progress;
import dev.millrace.features.table.Rows;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The passes over the rows of one request. */
final class Preparation {
  /** Exact up to so many values of a field, or times; 8 MiB each. */
  private static final int SAMPLE_SIZE = 1 << 20;

  private static final int REPORT_ROWS = 1 << 14;

  private final DataRequest request;
  private final PreparedFiles files;
  private final Progress progress;
  private final Shares shares;
  private final Hasher digest = Hashing.sha256().newHasher();
  private PartCounts scanned = PartCounts.NONE;

  Preparation(DataRequest request, PreparedFiles files, Progress progress) {
    this.request = request;
    this.files = files;
    this.progress = progress;
    this.shares = request.split().shares().without(request.fixed().keySet());
  }

  Prepared run() throws IOException {
    files.clear();
    Split split = scan();
    FeatureCatalog catalog = fit(split);
    Optional<Vocabulary> vocabulary = count(catalog, split);
    files.write(catalog, vocabulary);
    Map<Part, PartCounts> counts = encode(catalog, vocabulary, split);
    Prepared prepared =
        new Prepared(
            Prepared.VERSION,
            request.key(),
            digest.hash().toString(),
            split.configuration(),
            counts);
    files.write(prepared);
    return prepared;
  }

  /** What a pass does with a row. */
  @FunctionalInterface
  private interface RowTask {
    void accept(RowValues row) throws IOException;
  }

  /** Reads everything once before anything is made of it: the digest, and what a split needs. */
  private Split scan() throws IOException {
    Reservoir times = new Reservoir(SAMPLE_SIZE, request.split().seed());
    boolean byTime = request.split().mode() == SplitConfig.Mode.TIME;
    read(
        "scanning rows",
        request.rows(),
        request.catalog(),
        row -> {
          digestRow(row.rows());
          scanned = scanned.plus(row.label());
          if (byTime) {
            // Exact up to 2^53, so of milliseconds and microseconds.
            times.add((double) row.time());
          }
        });
    scanned.requireBothLabels(Part.TRAINING);
    for (Map.Entry<Part, RowSource> fixed : request.fixed().entrySet()) {
      read(
          "scanning rows of " + fixed.getKey(),
          fixed.getValue(),
          request.catalog(),
          row -> digestRow(row.rows()));
    }
    return split(scanned.rows(), times);
  }

  private void digestRow(Rows rows) {
    int last = rows.columns().size() - 1;
    digest.putBytes(rows.bytes(), rows.start(0), rows.end(last) - rows.start(0));
    digest.putInt(rows.end(last) - rows.start(0));
  }

  private Split split(long rows, Reservoir times) {
    double untilTest = 1 - shares.test();
    // Without validation the two are one, but for the rounding of the shares.
    double untilValidation = Math.min(shares.training(), untilTest);
    return switch (request.split().mode()) {
      case RANDOM -> new Split.Random(shares, request.split().seed());
      case ORDER ->
          new Split.ByOrder(Math.round(rows * untilValidation), Math.round(rows * untilTest));
      case TIME -> {
        double[] sorted = times.sorted();
        yield new Split.ByTime(quantile(sorted, untilValidation), quantile(sorted, untilTest));
      }
    };
  }

  private static long quantile(double[] sorted, double share) {
    long index = Math.round(sorted.length * share);
    return index < sorted.length ? (long) sorted[(int) index] : Long.MAX_VALUE;
  }

  private FeatureCatalog fit(Split split) throws IOException {
    if (request.catalog().isFitted()) {
      return request.catalog();
    }
    BucketingFitter fitter =
        new BucketingFitter(request.catalog(), SAMPLE_SIZE, request.split().seed());
    readTraining("fitting buckets", request.catalog(), split, row -> fitter.add(row.values()));
    return fitter.fit();
  }

  private Optional<Vocabulary> count(FeatureCatalog catalog, Split split) throws IOException {
    if (!(catalog.embedding() instanceof Embedding.VocabularyTable)) {
      return Optional.empty();
    }
    VocabularyBuilder builder = new VocabularyBuilder(catalog);
    readTraining("counting values", catalog, split, row -> builder.add(row.values()));
    return Optional.of(builder.build());
  }

  private Map<Part, PartCounts> encode(
      FeatureCatalog catalog, Optional<Vocabulary> vocabulary, Split split) throws IOException {
    RowEncoder encoder = RowEncoders.of(catalog, vocabulary);
    long expected = Math.round(scanned.rows() * shares.training());
    long seed = request.split().seed();
    try (PartWriters writers = new PartWriters(files, encoder, expected, seed)) {
      read(
          "encoding rows",
          request.rows(),
          catalog,
          row -> writers.add(partOf(split, row), row.values(), row.label()));
      for (Map.Entry<Part, RowSource> fixed : request.fixed().entrySet()) {
        read(
            "encoding rows of " + fixed.getKey(),
            fixed.getValue(),
            catalog,
            row -> writers.add(fixed.getKey(), row.values(), row.label()));
      }
      require(writers.counts());
      writers.finish();
      return writers.counts();
    }
  }

  private void require(Map<Part, PartCounts> counts) {
    counts.get(Part.TRAINING).requireBothLabels(Part.TRAINING);
    if (request.fixed().containsKey(Part.VALIDATION) || shares.validation() > 0) {
      counts.get(Part.VALIDATION).requireRows(Part.VALIDATION);
    }
    if (request.fixed().containsKey(Part.TEST) || shares.test() > 0) {
      counts.get(Part.TEST).requireRows(Part.TEST);
    }
  }

  private void readTraining(String stage, FeatureCatalog catalog, Split split, RowTask task)
      throws IOException {
    read(
        stage,
        request.rows(),
        catalog,
        row -> {
          if (partOf(split, row) == Part.TRAINING) {
            task.accept(row);
          }
        });
  }

  private static Part partOf(Split split, RowValues row) {
    return split.part(row.row(), split.readsTime() ? row.time() : 0);
  }

  private void read(String stage, RowSource source, FeatureCatalog catalog, RowTask task)
      throws IOException {
    try (Rows rows = source.opener().open()) {
      RowValues values = RowValues.bind(catalog, rows, request.columns());
      long read = 0;
      while (values.next()) {
        task.accept(values);
        read++;
        if (read % REPORT_ROWS == 0) {
          progress.at(stage, read, rows.progress());
        }
      }
      progress.at(stage, read, 1);
    }
  }
}
