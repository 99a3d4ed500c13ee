package dev.millrace.features.quality;

import java.io.Serializable;

/**
 * What may change in a field from one window to the next without an alarm. Beyond these, a change
 * must also be more than chance explains.
 *
 * @param drift population stability index less what it is without drift, nats, &gt; 0
 * @param missing change of the missing share, in (0,1]
 * @param cardinality factor by which the distinct values among as many rows grow or shrink, &gt; 1
 * @param information change of the score in its standard errors, &gt; 0
 */
public record AlarmThresholds(double drift, double missing, double cardinality, double information)
    implements Serializable {

  /** An index above 0.2 is by custom a population that has changed. */
  public static final AlarmThresholds DEFAULT = new AlarmThresholds(0.2, 0.1, 2, 5);

  public AlarmThresholds {
    require(drift > 0, "drift-threshold must be > 0", drift);
    require(missing > 0 && missing <= 1, "missing-threshold must be in (0,1]", missing);
    require(cardinality > 1, "cardinality-threshold must be > 1", cardinality);
    require(information > 0, "information-threshold must be > 0", information);
  }

  private static void require(boolean holds, String rule, double found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + found);
    }
  }
}
