package dev.millrace.jobs.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.jobs.training.OptFsReport;
import dev.millrace.jobs.training.TrainingReport;
import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.train.Gates;
import java.util.OptionalDouble;

/** A training's result as one JSON object; what is not defined or not there is null. */
final class TrainingReportJson {
  private TrainingReportJson() {}

  static ObjectNode of(TrainingReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", report.network());
    json.put("release", report.release());
    json.put("bundle", report.bundle().toString());
    json.put("parameters", report.parameters());
    json.putObject("train")
        .put("rows", report.trainingRows())
        .put("seconds", report.trainingTime().toMillis() / 1e3)
        .put("epochs", report.epochs())
        .put("bestEpoch", report.bestEpoch());
    json.set("validation", quality(report.validation()));
    json.set("test", report.test().map(TrainingReportJson::quality).orElse(null));
    json.put("parity", report.parity());
    ObjectNode calibration = json.putObject("calibration");
    report.calibration().forEach(calibration::put);
    report.storage().ifPresent(storage -> json.set("tables", storage(storage)));
    report.optFs().ifPresent(optFs -> json.set("optfs", optFs(optFs)));
    return json;
  }

  private static ObjectNode quality(BinaryMetrics metrics) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rows", metrics.rows());
    put(json, "auc", metrics.auc());
    put(json, "logLoss", metrics.logLoss());
    put(json, "calibration", metrics.calibration());
    return json;
  }

  private static ObjectNode storage(TrainingReport.Storage storage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("precision", storage.precision().toString());
    json.put("bytes", storage.storedBytes());
    json.put("float32Bytes", storage.trainedBytes());
    put(json, "auc", storage.stored().auc());
    put(json, "float32Auc", storage.trained().auc());
    return json;
  }

  private static ObjectNode optFs(OptFsReport optFs) {
    ObjectNode json = gates(optFs.gates());
    json.put("gateSteps", optFs.gateSteps());
    optFs.nothingCut().ifPresent(why -> json.put("nothingCut", why));
    json.set("before", model(optFs.before()));
    json.set("after", model(optFs.after()));
    ObjectNode fields = json.putObject("fields");
    optFs.fields().forEach((name, gates) -> fields.set(name, gates(gates)));
    return json;
  }

  private static ObjectNode gates(Gates.Summary gates) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("values", gates.rows())
        .put("kept", gates.kept())
        .put("keptShare", gates.rows() == 0 ? 0 : gates.keptShare())
        .put("meanGate", gates.rows() == 0 ? 0 : gates.mean());
  }

  private static ObjectNode model(OptFsReport.Model model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bytes", model.bytes());
    json.put("parameters", model.parameters());
    put(json, "auc", model.quality().auc());
    put(json, "logLoss", model.quality().logLoss());
    json.put("microsPerExample", model.microsPerExample());
    return json;
  }

  private static void put(ObjectNode json, String key, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(key, value.getAsDouble());
    } else {
      json.putNull(key);
    }
  }
}
