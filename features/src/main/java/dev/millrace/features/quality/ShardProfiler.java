package dev.millrace.features.quality;

import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.LifeCount;
import java.util.Arrays;
import java.util.List;

/** Sums up what a shard of a field's values holds at the end of a window. */
public final class ShardProfiler {
  private final int shard;
  private final long window;
  private final HorizonTally current = new HorizonTally();
  private final HorizonTally decayed = new HorizonTally();
  private final long[] buckets = new long[ValueHash.BUCKETS_OF_SHARD];

  /**
   * @param window its number
   */
  public ShardProfiler(int shard, long window) {
    this.shard = shard;
    this.window = window;
  }

  /**
   * Adds a value.
   *
   * @param value of this shard, null for the missing one; once only
   */
  public void add(String value, List<LifeCount> counts) {
    long notClicked = 0;
    long clicked = 0;
    long decayedNotClicked = 0;
    long decayedClicked = 0;
    for (LifeCount count : counts) {
      if (count.getSince() == window) {
        notClicked += count.getNotClicked();
        clicked += count.getClicked();
      }
      if (count.getSince() <= window && count.getUntil() >= window) {
        decayedNotClicked += count.getNotClicked();
        decayedClicked += count.getClicked();
      }
    }
    current.add(value, notClicked, clicked);
    decayed.add(value, decayedNotClicked, decayedClicked);
    if (value != null) {
      buckets[ValueHash.bucket(value) / ValueHash.SHARDS] += notClicked + clicked;
    }
  }

  /** Whether no horizon counts anything. */
  public boolean isEmpty() {
    return decayed.rows() == 0;
  }

  /**
   * The profile of what was added.
   *
   * @param field ordinal
   */
  public FieldProfile build(int field) {
    return new FieldProfile(
        field,
        shard,
        window,
        current.build(),
        decayed.build(),
        Arrays.stream(buckets).boxed().toList());
  }
}
