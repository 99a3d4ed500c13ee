package dev.millrace.features.simulation;

import dev.millrace.schemas.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The items and their popularity, the chance of being a candidate. */
final class SimulatedItems {
  static final List<String> CATEGORIES =
      List.of(
          "bags", "books", "cameras", "games", "garden", "jackets", "kitchen", "lamps", "music",
          "phones", "shoes", "toys");
  static final int BRANDS = 40;

  /** Mean and standard deviation of the natural logarithm of the price: half cost 12 to 35. */
  private static final double LOG_PRICE_MEAN = 3.0;

  private static final double LOG_PRICE_DEVIATION = 0.8;

  /** Weight of the item of rank r is r^-0.6: the best known tenth has about 40% of the draws. */
  private static final double POPULARITY_EXPONENT = -0.6;

  private static final int TAGS = 30;
  private static final int MAX_TAGS_PER_ITEM = 4;

  private final int[] category;
  private final int[] brand;
  private final double[] standardLogPrice;
  private final List<Map<String, Object>> features = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final PopularitySampler popularity;

  SimulatedItems(SplittableRandom random, int count) {
    category = random.ints(count, 0, CATEGORIES.size()).toArray();
    brand = random.ints(count, 0, BRANDS).toArray();
    standardLogPrice = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      standardLogPrice[i] = Effects.gaussian(random);
      weights[i] = StrictMath.pow(1 + i, POPULARITY_EXPONENT);
      ids.add("i" + i);
      features.add(features(i, random));
    }
    popularity = new PopularitySampler(weights);
  }

  private Map<String, Object> features(int item, SplittableRandom random) {
    double price = StrictMath.exp(LOG_PRICE_MEAN + LOG_PRICE_DEVIATION * standardLogPrice[item]);
    Set<String> tags = new LinkedHashSet<>();
    for (int i = random.nextInt(1, MAX_TAGS_PER_ITEM + 1); i > 0; i--) {
      tags.add("t" + random.nextInt(TAGS));
    }
    return Map.of(
        "category",
        CATEGORIES.get(category[item]),
        "brand",
        "b" + brand[item],
        "price",
        Math.round(price * 100) / 100.0,
        "tags",
        List.copyOf(tags));
  }

  int size() {
    return ids.size();
  }

  int category(int item) {
    return category[item];
  }

  int brand(int item) {
    return brand[item];
  }

  /** Logarithm of the price, standardised. */
  double standardLogPrice(int item) {
    return standardLogPrice[item];
  }

  /** Distinct items, drawn by popularity; their features are shared and cannot be modified. */
  List<Candidate> candidates(int count, SplittableRandom random) {
    Set<Integer> drawn = new LinkedHashSet<>();
    while (drawn.size() < count) {
      drawn.add(popularity.draw(random));
    }
    List<Candidate> candidates = new ArrayList<>(count);
    for (int item : drawn) {
      candidates.add(new Candidate(ids.get(item), features.get(item)));
    }
    return candidates;
  }
}
