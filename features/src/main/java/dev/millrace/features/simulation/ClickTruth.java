package dev.millrace.features.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * The true click probability: the logistic function of a sum of effects.
 *
 * <ul>
 *   <li>Affinity of the user's segment to the item's category: the product of latent vectors of
 *       rank 3, centred on both sides, so that a model without interactions sees none of it.
 *   <li>Quality of the item, which shows in no feature but can be learnt for its id, and drifts for
 *       some items, so that recent counts tell what an old model cannot know.
 *   <li>Price, best in the middle; brand; device and hour, which matter to the probability and not
 *       to the order of the candidates.
 * </ul>
 *
 * Tags, the noise field and the position have no effect: what is shown higher is not clicked more.
 */
final class ClickTruth {
  private static final double BASE_LOGIT = -2.75;
  private static final double AFFINITY_DEVIATION = 0.9;
  private static final double QUALITY_DEVIATION = 0.7;
  private static final double BRAND_DEVIATION = 0.25;
  private static final double PRICE_WEIGHT = 0.3;
  private static final double MAX_PRICE_DISTANCE = 2.5;
  private static final double HOUR_WEIGHT = 0.2;
  private static final int BUSIEST_HOUR = 20;
  private static final double[] DEVICE_EFFECT = {0.15, -0.05, -0.1};

  private static final int RANK = 3;
  private static final double DRIFTING_SHARE = 0.3;

  /** Change of the logit from the start to the end of the span of an item that drifts. */
  private static final double DRIFT = 2.4;

  private final SimulatedUsers users;
  private final SimulatedItems items;
  private final Instant start;
  private final Duration span;
  private final double[][] affinity;
  private final double[] quality;
  private final double[] drift;
  private final double[] brand;

  ClickTruth(
      SplittableRandom random,
      SimulatedUsers users,
      SimulatedItems items,
      Instant start,
      Duration span) {
    this.users = users;
    this.items = items;
    this.start = start;
    this.span = span;
    affinity = affinity(random);
    quality = Effects.normal(random, items.size(), QUALITY_DEVIATION);
    brand = Effects.normal(random, SimulatedItems.BRANDS, BRAND_DEVIATION);
    drift = random.doubles(items.size()).map(ClickTruth::drift).toArray();
  }

  /**
   * @param uniform in [0,1): the lowest fall, the next rise, the others stay
   */
  private static double drift(double uniform) {
    if (uniform < DRIFTING_SHARE / 2) {
      return -DRIFT;
    }
    return uniform < DRIFTING_SHARE ? DRIFT : 0;
  }

  /** [segments, categories] */
  private static double[][] affinity(SplittableRandom random) {
    double[][] affinity = new double[SimulatedUsers.segments()][SimulatedItems.CATEGORIES.size()];
    // A segment has variance 2 (country and age), and RANK products are summed.
    double weight = AFFINITY_DEVIATION / StrictMath.sqrt(2 * RANK);
    for (int k = 0; k < RANK; k++) {
      double[] country = Effects.normal(random, SimulatedUsers.COUNTRIES.size(), 1);
      double[] age = Effects.normal(random, SimulatedUsers.AGE_SEGMENTS.size(), 1);
      double[] category = Effects.normal(random, SimulatedItems.CATEGORIES.size(), weight);
      for (int s = 0; s < affinity.length; s++) {
        double segment = country[SimulatedUsers.country(s)] + age[SimulatedUsers.ageSegment(s)];
        for (int c = 0; c < category.length; c++) {
          affinity[s][c] += segment * category[c];
        }
      }
    }
    return affinity;
  }

  /**
   * The true probability of a click, in (0,1).
   *
   * @param device null has no effect
   */
  double probability(int user, int item, String device, Instant at) {
    double logit =
        BASE_LOGIT
            + affinity[users.segment(user)][items.category(item)]
            + quality[item]
            + drift[item] * (elapsedShare(at) - 0.5)
            + brand[items.brand(item)]
            + priceEffect(items.standardLogPrice(item))
            + deviceEffect(device)
            + hourEffect(at);
    return 1 / (1 + StrictMath.exp(-logit));
  }

  private double elapsedShare(Instant at) {
    double share = (double) Duration.between(start, at).toMillis() / span.toMillis();
    return Math.min(1, Math.max(0, share));
  }

  private static double priceEffect(double standardLogPrice) {
    double distance = Math.min(MAX_PRICE_DISTANCE, Math.abs(standardLogPrice));
    return PRICE_WEIGHT * (1 - distance * distance);
  }

  private static double deviceEffect(String device) {
    int index = device == null ? -1 : SimulatedUsers.DEVICES.indexOf(device);
    return index < 0 ? 0 : DEVICE_EFFECT[index];
  }

  /** Hour of the day in UTC, from 0. */
  static long hour(Instant at) {
    return at.atOffset(ZoneOffset.UTC).getHour();
  }

  private static double hourEffect(Instant at) {
    long sinceBusiest = hour(at) - BUSIEST_HOUR;
    return HOUR_WEIGHT * StrictMath.cos(2 * StrictMath.PI * sinceBusiest / 24);
  }
}
