package dev.millrace.features.simulation;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.RankingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Users who ask a shop for rankings and click what they are shown, with true click probabilities
 * that are known, so that a ranking can be compared with the best possible one. Everything follows
 * from the configuration; nothing depends on the order of the calls, and threads may share it.
 *
 * <p>A candidate's draw hangs on the request and the item alone: whether an item that was not shown
 * would have been clicked is known too. Position has no effect on the probability.
 */
public final class SimulatedAudience {
  /** Name of the built-in catalogue the requests conform to. */
  public static final String FORMAT = "simulated";

  private static final long MIN_CLICK_DELAY_MILLIS = 1_000;
  private static final long END_CLICK_DELAY_MILLIS = 30_000;

  private final SimulationConfig config;
  private final FeatureCatalog catalog = BuiltInCatalogs.load(FORMAT);
  private final SimulatedUsers users;
  private final SimulatedItems items;
  private final ClickTruth truth;
  private final Hasher64 hasher;

  /** Draws the users, the items and the truth. */
  public SimulatedAudience(SimulationConfig config) {
    this.config = Objects.requireNonNull(config, "config");
    SplittableRandom random = new SplittableRandom(config.seed());
    users = new SimulatedUsers(random.split(), config.users());
    items = new SimulatedItems(random.split(), config.items());
    truth = new ClickTruth(random.split(), users, items, config.start(), config.span());
    hasher = Hashing.xxh3_64(config.seed());
  }

  /** What the simulation was drawn from. */
  public SimulationConfig config() {
    return config;
  }

  /** The catalogue {@value #FORMAT}. */
  public FeatureCatalog catalog() {
    return catalog;
  }

  /**
   * A ranking request; later indexes have later timestamps.
   *
   * @param index in [0, requests)
   */
  public RankingRequest request(int index) {
    Objects.checkIndex(index, config.requests());
    String requestId = "r" + index;
    SplittableRandom random = new SplittableRandom(hasher.hashCharsToLong(requestId));
    Instant timestamp = timestamp(index, random);
    int user = random.nextInt(users.size());
    return new RankingRequest(
        requestId,
        "u" + user,
        timestamp,
        users.context(user, ClickTruth.hour(timestamp), random),
        items.candidates(config.candidates(), random),
        config.slots());
  }

  /** The span is cut into equal turns, one a request, which comes at a random time of its turn. */
  private Instant timestamp(int index, SplittableRandom random) {
    long turn = config.span().toMillis() / config.requests();
    return config.start().plusMillis(index * turn + random.nextLong(turn));
  }

  /**
   * True probability that the user clicks a candidate, were it shown at the time of the request.
   *
   * @return in (0,1)
   */
  public double clickProbability(RankingRequest request, int candidateIndex) {
    return clickProbability(
        request.getUserId(),
        request.getCandidates().get(candidateIndex).getItemId(),
        request.getTimestamp(),
        request.getContext());
  }

  /**
   * True probability of a click on what was shown, at the time of the impression.
   *
   * @return in (0,1)
   */
  public double clickProbability(Impression impression) {
    return clickProbability(
        impression.getUserId(),
        impression.getItemId(),
        impression.getTimestamp(),
        impression.getFeatures());
  }

  private double clickProbability(
      String userId, String itemId, Instant at, Map<String, Object> context) {
    int user = index(userId, 'u', users.size());
    int item = index(itemId, 'i', items.size());
    return truth.probability(user, item, (String) context.get("device"), at);
  }

  private static int index(String id, char prefix, int size) {
    if (id.length() > 1 && id.charAt(0) == prefix) {
      try {
        return Objects.checkIndex(Integer.parseInt(id, 1, id.length(), 10), size);
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        // The rule below covers it.
      }
    }
    throw new IllegalArgumentException(
        "id must be %s0 to %s%d, found \"%s\"".formatted(prefix, prefix, size - 1, id));
  }

  /** Whether an item of a request is clicked: the same draw wherever it is asked for. */
  public boolean clicks(String requestId, String itemId, double probability) {
    double uniform = (draw(requestId, itemId) >>> 11) * 0x1.0p-53;
    return uniform < probability;
  }

  /** The click on an impression, 1 to 30 seconds after it. */
  public Click click(Impression impression) {
    String impressionId = impression.getImpressionId();
    long range = END_CLICK_DELAY_MILLIS - MIN_CLICK_DELAY_MILLIS;
    long delay = MIN_CLICK_DELAY_MILLIS + Math.floorMod(draw(impressionId, "delay"), range);
    return new Click(
        impressionId + "/click",
        impressionId,
        impression.getUserId(),
        impression.getItemId(),
        impression.getTimestamp().plus(Duration.ofMillis(delay)));
  }

  private long draw(String first, String second) {
    return hasher.hashStream().putString(first).putString(second).getAsLong();
  }
}
