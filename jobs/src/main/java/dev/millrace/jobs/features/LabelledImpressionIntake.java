package dev.millrace.jobs.features;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.FeatureException;
import dev.millrace.features.quality.DiscreteValues;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.Intake;
import dev.millrace.jobs.io.Intakes;
import dev.millrace.jobs.io.Reason;
import dev.millrace.jobs.io.RejectedRecordException;
import dev.millrace.jobs.io.Rules;
import dev.millrace.schemas.DiscreteImpression;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Labelled impressions of one catalogue, with their values as they are counted. */
final class LabelledImpressionIntake implements Intake<LabelledImpression, DiscreteImpression> {

  private static final long serialVersionUID = 1L;

  private final Intake<Impression, Impression> soundImpressions;
  private final String catalogYaml;
  private final String fingerprint;

  private transient FeatureBinder binder;
  private transient DiscreteValues discrete;

  LabelledImpressionIntake(Rules rules, FeatureCatalog catalog) {
    this.soundImpressions = Intakes.soundImpressions(rules);
    this.catalogYaml = catalog.toYaml();
    this.fingerprint = catalog.fingerprint();
  }

  @Override
  public DiscreteImpression take(LabelledImpression labelled, ConsumerRecord<byte[], byte[]> origin)
      throws RejectedRecordException {
    Impression impression = soundImpressions.take(labelled.getImpression(), origin);
    if (!labelled.getCatalogFingerprint().equals(fingerprint)) {
      throw new RejectedRecordException(
          Reason.FINGERPRINT,
          "the catalogue must have fingerprint %s, found %s"
              .formatted(fingerprint, labelled.getCatalogFingerprint()));
    }
    return new DiscreteImpression(
        DeadLetters.received(
            origin, impression.getImpressionId(), impression.getTimestamp().toEpochMilli()),
        labelled.getClicked(),
        discrete().of(bind(impression)));
  }

  private Object[] bind(Impression impression) throws RejectedRecordException {
    try {
      return binder()
          .bindLogged(impression.getUserId(), impression.getItemId(), impression.getFeatures());
    } catch (FeatureException e) {
      throw new RejectedRecordException(Reason.FEATURE, e.getMessage());
    }
  }

  /** Made where the intake runs. */
  private FeatureBinder binder() {
    if (binder == null) {
      binder = new FeatureBinder(FeatureCatalog.parse(catalogYaml, "catalogue of the job"));
    }
    return binder;
  }

  private DiscreteValues discrete() {
    if (discrete == null) {
      discrete = new DiscreteValues(FeatureCatalog.parse(catalogYaml, "catalogue of the job"));
    }
    return discrete;
  }
}
