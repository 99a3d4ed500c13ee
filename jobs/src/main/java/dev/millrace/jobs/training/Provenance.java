package dev.millrace.jobs.training;

import com.google.common.hash.Hashing;
import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.data.DataSet;
import dev.millrace.models.data.Part;
import dev.millrace.models.network.Network;
import dev.millrace.models.train.OptFsResult;
import dev.millrace.models.train.TrainingResult;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a model comes from: with its network and catalogue enough to train it again. */
final class Provenance {
  private static final int HASH_DIGITS = 8;

  private Provenance() {}

  static Map<String, String> of(
      TrainingPlan plan,
      DataSet data,
      TrainingResult result,
      Optional<OptFsResult> search,
      Calibration calibration) {
    Map<String, String> training = new TreeMap<>(plan.provenance());
    training.putAll(data.split().configuration());
    training.put("data.sha256", data.digest());
    for (Part part : Part.values()) {
      training.put("rows." + part, Long.toString(data.counts(part).rows()));
    }
    training.put("config", plan.config().toString());
    training.put("seed", Long.toString(plan.config().seed()));
    training.put("epochs", Integer.toString(result.epochs()));
    training.put("bestEpoch", Integer.toString(result.bestEpoch()));
    training.put("samples", Long.toString(result.samplesSeen()));
    training.put("tables", plan.precision().toString());
    calibration.configuration().forEach((key, value) -> training.put("calibration." + key, value));
    search.ifPresent(
        found -> {
          training.put("optfs", plan.optFs().orElseThrow().toString());
          training.put("optfs.keptShare", Double.toString(found.gates().summary().keptShare()));
        });
    return training;
  }

  /** The release of a model that is given no other: another one for another training. */
  static String release(Network network, Map<String, String> provenance) {
    String identity = network.toString() + new TreeMap<>(provenance);
    String hash = Hashing.sha256().hashString(identity, StandardCharsets.UTF_8).toString();
    return network.name() + "-" + hash.substring(0, HASH_DIGITS);
  }
}
