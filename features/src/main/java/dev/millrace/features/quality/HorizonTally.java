package dev.millrace.features.quality;

import dev.millrace.features.ranking.CountProfile;
import dev.millrace.schemas.HorizonProfile;
import dev.millrace.schemas.ValueRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Collects the values of a field that one horizon counts, in any order and with the same result.
 *
 * <p>Memory is bound by the distinct pairs of counts: of n rows at most about {@code (3n)^(2/3) /
 * 2}, as there are s + 1 pairs of s rows; 48,000 for ten million rows.
 */
final class HorizonTally {
  static final int LABELS = 2;

  private static final int MOST_FREQUENT = 20;
  private static final int MAX_VALUE_CHARS = 100;

  private static final Comparator<ValueRows> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(ValueRows::getRows).reversed().thenComparing(ValueRows::getValue);

  private final CountProfile.Builder profile = CountProfile.builder(LABELS);
  private final PriorityQueue<ValueRows> mostFrequent =
      new PriorityQueue<>(MOST_FREQUENT_FIRST.reversed());
  private final long[] row = new long[LABELS];
  private long rows;
  private long missing;

  /** Adds a value with its rows, null for a missing one. */
  void add(String value, long notClicked, long clicked) {
    long added = notClicked + clicked;
    if (added == 0) {
      return;
    }
    rows += added;
    add(notClicked, clicked, 1);
    if (value == null) {
      missing += added;
    } else {
      offer(value, added);
    }
  }

  private void add(long notClicked, long clicked, long values) {
    row[0] = notClicked;
    row[1] = clicked;
    profile.add(row, 0, values);
  }

  /** Most values are rarer than the rarest kept, and cost no record. */
  private void offer(String value, long added) {
    if (mostFrequent.size() < MOST_FREQUENT || mostFrequent.peek().getRows() <= added) {
      mostFrequent.add(new ValueRows(value, added));
      if (mostFrequent.size() > MOST_FREQUENT) {
        mostFrequent.poll();
      }
    }
  }

  /** Adds the values of a profile, which must be others than those added before. */
  void add(HorizonProfile other) {
    for (int i = 0; i < other.getValues().size(); i++) {
      long values = other.getValues().get(i);
      long notClicked = other.getNotClicked().get(i);
      long clicked = other.getClicked().get(i);
      rows += values * (notClicked + clicked);
      add(notClicked, clicked, values);
    }
    missing += other.getMissing();
    other.getMostFrequent().forEach(value -> offer(value.getValue(), value.getRows()));
  }

  /** Rows added. */
  long rows() {
    return rows;
  }

  HorizonProfile build() {
    CountProfile counts = profile.build();
    List<Long> notClicked = new ArrayList<>(counts.size());
    List<Long> clicked = new ArrayList<>(counts.size());
    List<Long> values = new ArrayList<>(counts.size());
    for (int i = 0; i < counts.size(); i++) {
      notClicked.add(counts.count(i, 0));
      clicked.add(counts.count(i, 1));
      values.add(counts.multiplicity(i));
    }
    List<ValueRows> top =
        mostFrequent.stream().sorted(MOST_FREQUENT_FIRST).map(HorizonTally::excerpt).toList();
    return new HorizonProfile(notClicked, clicked, values, missing, top);
  }

  private static ValueRows excerpt(ValueRows kept) {
    String value = kept.getValue();
    return value.length() <= MAX_VALUE_CHARS
        ? kept
        : new ValueRows(value.substring(0, MAX_VALUE_CHARS), kept.getRows());
  }

  /** The contingency table of a profile. */
  static CountProfile table(HorizonProfile profile) {
    CountProfile.Builder table = CountProfile.builder(LABELS);
    long[] row = new long[LABELS];
    for (int i = 0; i < profile.getValues().size(); i++) {
      row[0] = profile.getNotClicked().get(i);
      row[1] = profile.getClicked().get(i);
      table.add(row, 0, profile.getValues().get(i));
    }
    return table.build();
  }
}
