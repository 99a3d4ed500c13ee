package dev.millrace.jobs.io;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.FeatureException;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Received;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rules of each topic. */
public final class Intakes {

  private Intakes() {}

  /** Impressions, as the bytes they came in, by impression id. */
  public static Intake<Impression, Received> impressions(Rules rules, FeatureCatalog catalog) {
    CatalogRules features = new CatalogRules(catalog);
    return (impression, origin) -> {
      long timestamp = check(impression, rules);
      features.checkLogged(impression);
      return DeadLetters.received(origin, impression.getImpressionId(), timestamp);
    };
  }

  /** Clicks, as the bytes they came in, by impression id. */
  public static Intake<Click, Received> clicks(Rules rules) {
    return (click, origin) ->
        DeadLetters.received(origin, click.getImpressionId(), check(click, rules));
  }

  /** Impressions whose ids and time are sound. */
  public static Intake<Impression, Impression> soundImpressions(Rules rules) {
    return (impression, origin) -> {
      check(impression, rules);
      return impression;
    };
  }

  /** Clicks whose ids and time are sound. */
  public static Intake<Click, Click> soundClicks(Rules rules) {
    return (click, origin) -> {
      check(click, rules);
      return click;
    };
  }

  private static long check(Impression impression, Rules rules) throws RejectedRecordException {
    Rules.requireId("impressionId", impression.getImpressionId());
    Rules.requireId("userId", impression.getUserId());
    Rules.requireId("itemId", impression.getItemId());
    Integer position = impression.getPosition();
    if (position != null && position < 1) {
      throw new RejectedRecordException(Reason.INVALID, "position must be >= 1, found " + position);
    }
    Double propensity = impression.getPropensity();
    if (propensity != null && !(propensity > 0 && propensity <= 1)) {
      throw new RejectedRecordException(
          Reason.INVALID, "propensity must be in (0, 1], found " + propensity);
    }
    return rules.requireTimestamp(impression.getTimestamp());
  }

  private static long check(Click click, Rules rules) throws RejectedRecordException {
    Rules.requireId("clickId", click.getClickId());
    Rules.requireId("impressionId", click.getImpressionId());
    Rules.requireId("userId", click.getUserId());
    Rules.requireId("itemId", click.getItemId());
    return rules.requireTimestamp(click.getTimestamp());
  }

  /** Ranking requests, as the bytes they came in, by user id. */
  public static Intake<RankingRequest, Received> rankingRequests(
      Rules rules, FeatureCatalog catalog) {
    CatalogRules features = new CatalogRules(catalog);
    return (request, origin) -> {
      Rules.requireId("requestId", request.getRequestId());
      Rules.requireId("userId", request.getUserId());
      checkCandidates(request);
      long timestamp = rules.requireTimestamp(request.getTimestamp());
      features.check(request);
      return DeadLetters.received(origin, request.getUserId(), timestamp);
    };
  }

  private static void checkCandidates(RankingRequest request) throws RejectedRecordException {
    int candidates = request.getCandidates().size();
    if (candidates == 0) {
      throw new RejectedRecordException(Reason.INVALID, "candidates must not be empty");
    }
    if (request.getSlots() < 0) {
      throw new RejectedRecordException(
          Reason.INVALID, "slots must be >= 0, found " + request.getSlots());
    }
    Set<String> items = new HashSet<>();
    for (Candidate candidate : request.getCandidates()) {
      Rules.requireId("itemId", candidate.getItemId());
      if (!items.add(candidate.getItemId())) {
        throw new RejectedRecordException(
            Reason.INVALID, "candidates must be distinct, found twice " + candidate.getItemId());
      }
    }
  }

  /**
   * Streaming features. The end of a key comes out as a record without values.
   *
   * @param catalogFingerprint of the catalogue that must have defined them
   */
  public static Intake<FeatureValue, FeatureValue> featureValues(String catalogFingerprint) {
    return (value, origin) -> {
      if (value == null) {
        return endOf(origin, catalogFingerprint);
      }
      requireFingerprint(value.getCatalogFingerprint(), catalogFingerprint);
      return value;
    };
  }

  private static FeatureValue endOf(
      ConsumerRecord<byte[], byte[]> origin, String catalogFingerprint)
      throws RejectedRecordException {
    String key = origin.key() == null ? "" : new String(origin.key(), StandardCharsets.UTF_8);
    int separator = key.indexOf(':');
    if (separator < 1) {
      throw new RejectedRecordException(
          Reason.INVALID, "a key must be entity:id, found '" + key + "'");
    }
    return new FeatureValue(
        key.substring(0, separator),
        key.substring(separator + 1),
        Instant.EPOCH,
        Map.of(),
        catalogFingerprint);
  }

  /** Model releases, as the bytes they came in; the end of a key says nothing. */
  public static Intake<ModelRelease, Received> models() {
    return (release, origin) -> {
      if (release == null) {
        throw new RejectedRecordException(
            Reason.NULL_VALUE, "a release must be retired before its key is deleted");
      }
      Rules.requireId("model", release.getModel());
      Rules.requireId("release", release.getRelease());
      return DeadLetters.received(
          origin, release.getModel(), release.getTimestamp().toEpochMilli());
    };
  }

  static void requireFingerprint(String found, String expected) throws RejectedRecordException {
    if (!found.equals(expected)) {
      throw new RejectedRecordException(
          Reason.FINGERPRINT,
          "the catalogue must have fingerprint %s, found %s".formatted(expected, found));
    }
  }

  /** Holds feature values to a catalogue; the binder is made where the intake runs. */
  private static final class CatalogRules implements java.io.Serializable {

    private static final long serialVersionUID = 1L;

    private final String yaml;
    private transient FeatureBinder binder;
    private transient String fingerprint;

    CatalogRules(FeatureCatalog catalog) {
      this.yaml = catalog.toYaml();
    }

    private FeatureBinder binder() {
      if (binder == null) {
        FeatureCatalog catalog = FeatureCatalog.parse(yaml, "catalogue of the job");
        binder = new FeatureBinder(catalog);
        fingerprint = catalog.fingerprint();
      }
      return binder;
    }

    /** What another catalogue logged cannot be judged by this one: it keeps its fingerprint. */
    void checkLogged(Impression impression) throws RejectedRecordException {
      FeatureBinder checked = binder();
      String written = impression.getCatalogFingerprint();
      if (written != null && !written.equals(fingerprint)) {
        return;
      }
      try {
        checked.bindLogged(
            impression.getUserId(), impression.getItemId(), impression.getFeatures());
      } catch (FeatureException e) {
        throw new RejectedRecordException(Reason.FEATURE, e.getMessage());
      }
    }

    void check(RankingRequest request) throws RejectedRecordException {
      FeatureBinder checked = binder();
      Object[] row = checked.newRow();
      try {
        checked.bindUser(row, request.getUserId(), request.getContext(), Map.of());
        for (Candidate candidate : request.getCandidates()) {
          checked.bindItem(row, candidate.getItemId(), candidate.getFeatures(), Map.of());
        }
      } catch (FeatureException e) {
        throw new RejectedRecordException(Reason.FEATURE, e.getMessage());
      }
    }
  }
}
