package dev.millrace.models.data;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of each row: a pure function of its number and time, so that the rows of a part can be
 * found again from the source and {@link #configuration()} alone.
 */
public sealed interface Split {

  /**
   * The part of a row.
   *
   * @param row its number from 0 among the rows that can be read
   * @param time as {@code RowValues} reads it; without effect unless {@link #readsTime()}
   */
  Part part(long row, long time);

  /** Whether the time of a row takes part. */
  default boolean readsTime() {
    return false;
  }

  /** The split as texts, from which {@link #of} makes it again. */
  Map<String, String> configuration();

  /**
   * The split of a configuration.
   *
   * @throws DataException if it is none
   */
  static Split of(Map<String, String> configuration) {
    try {
      String mode = required(configuration, "split");
      return switch (mode) {
        case Random.MODE ->
            new Random(
                Shares.parse(required(configuration, "split.shares")),
                Long.parseLong(required(configuration, "split.seed")));
        case ByTime.MODE ->
            new ByTime(bound(configuration, Part.VALIDATION), bound(configuration, Part.TEST));
        case ByOrder.MODE ->
            new ByOrder(bound(configuration, Part.VALIDATION), bound(configuration, Part.TEST));
        default ->
            throw new IllegalArgumentException(
                "split must be one of random, time, order, found " + mode);
      };
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private static long bound(Map<String, String> configuration, Part part) {
    return Long.parseLong(required(configuration, "split." + part + "From"));
  }

  private static String required(Map<String, String> configuration, String key) {
    String value = configuration.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " must be given, found " + configuration);
    }
    return value;
  }

  private static Map<String, String> bounds(String mode, long validationFrom, long testFrom) {
    Map<String, String> configuration = new TreeMap<>();
    configuration.put("split", mode);
    configuration.put("split.validationFrom", Long.toString(validationFrom));
    configuration.put("split.testFrom", Long.toString(testFrom));
    return configuration;
  }

  /**
   * XXH3-64 of (seed, row), its upper 53 bits as a number in [0,1): below the share of test it is
   * test, below that and the share of validation together validation, else training. So each row is
   * drawn by itself, and a part gets its share give or take {@code sqrt(rows * share)}.
   */
  record Random(Shares shares, long seed) implements Split {
    private static final String MODE = "random";
    private static final Hasher64 HASH = Hashing.xxh3_64();

    @Override
    public Part part(long row, long time) {
      double drawn = (HASH.hashLongLongToLong(seed, row) >>> 11) * 0x1.0p-53;
      if (drawn < shares.test()) {
        return Part.TEST;
      }
      return drawn < shares.test() + shares.validation() ? Part.VALIDATION : Part.TRAINING;
    }

    @Override
    public Map<String, String> configuration() {
      Map<String, String> configuration = new TreeMap<>();
      configuration.put("split", MODE);
      configuration.put("split.seed", Long.toString(seed));
      configuration.put(
          "split.shares", shares.training() + "," + shares.validation() + "," + shares.test());
      return configuration;
    }
  }

  /**
   * By time. Rows of one time are of one part.
   *
   * @param validationFrom time of the first row that is no longer training
   * @param testFrom time of the first row that is test, at least validationFrom
   */
  record ByTime(long validationFrom, long testFrom) implements Split {
    private static final String MODE = "time";

    public ByTime {
      requireAscending(validationFrom, testFrom);
    }

    @Override
    public Part part(long row, long time) {
      return partFrom(time, validationFrom, testFrom);
    }

    @Override
    public boolean readsTime() {
      return true;
    }

    @Override
    public Map<String, String> configuration() {
      return bounds(MODE, validationFrom, testFrom);
    }
  }

  /**
   * By the order of the source.
   *
   * @param validationFrom first row that is no longer training
   * @param testFrom first row that is test, at least validationFrom
   */
  record ByOrder(long validationFrom, long testFrom) implements Split {
    private static final String MODE = "order";

    public ByOrder {
      requireAscending(validationFrom, testFrom);
    }

    @Override
    public Part part(long row, long time) {
      return partFrom(row, validationFrom, testFrom);
    }

    @Override
    public Map<String, String> configuration() {
      return bounds(MODE, validationFrom, testFrom);
    }
  }

  private static Part partFrom(long at, long validationFrom, long testFrom) {
    if (at < validationFrom) {
      return Part.TRAINING;
    }
    return at < testFrom ? Part.VALIDATION : Part.TEST;
  }

  private static void requireAscending(long validationFrom, long testFrom) {
    if (testFrom < validationFrom) {
      throw new IllegalArgumentException(
          "split.testFrom must be >= split.validationFrom, found %d below %d"
              .formatted(testFrom, validationFrom));
    }
  }
}
