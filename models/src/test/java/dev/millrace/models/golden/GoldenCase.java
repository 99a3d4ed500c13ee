package dev.millrace.models.golden;

import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.AutoIntPlus;
import dev.millrace.models.network.DeepFm;
import dev.millrace.models.network.Fgcnn;
import dev.millrace.models.network.Ipnn;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.OptFs;
import java.util.List;

/** The golden vectors and the networks that they are of. */
public enum GoldenCase {
  AUTOINT_PAPER("autoint_paper.json"),
  AUTOINT_AUTHORS("autoint_tf.json"),
  AUTOINT_FUXI_LN("autoint_fuxi_ln_scale.json"),
  AUTOINT_PLUS("autoint_plus_tf.json"),
  FGCNN("fgcnn_nobn.json"),
  FGCNN_BATCH_NORM("fgcnn_bn.json"),
  OPTFS_COLD("optfs_deepfm_t1.json"),
  OPTFS_HOT("optfs_deepfm_t50.json");

  private final String file;

  GoldenCase(String file) {
    this.file = file;
  }

  /** Reads the vector, or skips the test where there are none. */
  public Golden read() {
    return Golden.read(network(), file);
  }

  private Network network() {
    return switch (this) {
      case AUTOINT_PAPER -> autoInt(AutoInt.Form.PAPER);
      case AUTOINT_AUTHORS -> autoInt(AutoInt.Form.AUTHORS);
      case AUTOINT_FUXI_LN -> autoInt(AutoInt.Form.FUXI_LN);
      case AUTOINT_PLUS -> new AutoIntPlus(autoInt(AutoInt.Form.AUTHORS), List.of(8, 8), 0);
      case FGCNN -> fgcnn(false);
      case FGCNN_BATCH_NORM -> fgcnn(true);
      case OPTFS_COLD -> OptFs.search(deepFm(), 1);
      case OPTFS_HOT -> OptFs.search(deepFm(), 50);
    };
  }

  private static AutoInt autoInt(AutoInt.Form form) {
    return new AutoInt(form, 3, 2, 3, 0, 0);
  }

  private static Fgcnn fgcnn(boolean batchNorm) {
    return new Fgcnn(
        List.of(3, 4), 3, 2, Fgcnn.Pooling.CEIL, 2, batchNorm, new Ipnn(List.of(8), 0));
  }

  /** The form that the authors of OptFS searched with: no first-order term. */
  public static DeepFm deepFm() {
    return new DeepFm(false, List.of(8, 4), 0);
  }
}
