package dev.millrace.features.quality;

import dev.millrace.schemas.LifeCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts of one value, ascending by (since, until), no two with the same pair. */
public final class LifeCounts {
  private static final Comparator<LifeCount> ORDER =
      Comparator.comparingLong(LifeCount::getSince).thenComparingLong(LifeCount::getUntil);

  private LifeCounts() {}

  /**
   * Counts one labelled impression.
   *
   * @param ascending is changed
   * @return whether the counts grew longer
   */
  static boolean add(List<LifeCount> ascending, long since, long until, boolean clicked) {
    int after = ascending.size();
    while (after > 0 && compare(ascending.get(after - 1), since, until) > 0) {
      after--;
    }
    boolean known = after > 0 && compare(ascending.get(after - 1), since, until) == 0;
    if (!known) {
      ascending.add(after, new LifeCount(since, until, 0L, 0L));
    }
    LifeCount count = ascending.get(known ? after - 1 : after);
    if (clicked) {
      count.setClicked(count.getClicked() + 1);
    } else {
      count.setNotClicked(count.getNotClicked() + 1);
    }
    return !known;
  }

  private static int compare(LifeCount count, long since, long until) {
    return count.getSince() == since
        ? Long.compare(count.getUntil(), until)
        : Long.compare(count.getSince(), since);
  }

  /**
   * Both counts together, as short as they can be now: what no open window counts is left out, and
   * closed windows are told apart no more. So a value has at most one count for each window of the
   * longest lifetime and each open window.
   *
   * @param lastClosed the last window that can no longer change
   */
  public static List<LifeCount> merge(
      List<LifeCount> first, List<LifeCount> second, long lastClosed) {
    List<LifeCount> ordered = new ArrayList<>(first.size() + second.size());
    addLiving(first, lastClosed, ordered);
    addLiving(second, lastClosed, ordered);
    ordered.sort(ORDER);
    List<LifeCount> merged = new ArrayList<>(ordered.size());
    for (LifeCount count : ordered) {
      LifeCount last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && ORDER.compare(last, count) == 0) {
        last.setNotClicked(last.getNotClicked() + count.getNotClicked());
        last.setClicked(last.getClicked() + count.getClicked());
      } else {
        merged.add(count);
      }
    }
    return merged;
  }

  private static void addLiving(List<LifeCount> counts, long lastClosed, List<LifeCount> to) {
    for (LifeCount count : counts) {
      if (count.getUntil() > lastClosed) {
        to.add(
            new LifeCount(
                Math.max(count.getSince(), lastClosed),
                count.getUntil(),
                count.getNotClicked(),
                count.getClicked()));
      }
    }
  }

  /** Whether no window that is still open counts any of it. */
  public static boolean areOver(List<LifeCount> counts, long lastClosed) {
    return counts.stream().allMatch(count -> count.getUntil() <= lastClosed);
  }

  /** Labelled impressions counted. */
  public static long rows(List<LifeCount> counts) {
    return counts.stream().mapToLong(count -> count.getNotClicked() + count.getClicked()).sum();
  }
}
