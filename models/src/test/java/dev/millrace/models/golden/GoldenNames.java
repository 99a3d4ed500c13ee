package dev.millrace.models.golden;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our names of the tensors in golden vectors, which have those of several PyTorch programs. */
final class GoldenNames {
  private record Renaming(Pattern theirs, String ours) {
    Renaming(String theirs, String ours) {
      this(Pattern.compile(theirs), ours);
    }
  }

  private static final List<Renaming> RENAMINGS =
      List.of(
          new Renaming("^(e\\.weight|mask_embedding\\.embedding)$", "embedding"),
          new Renaming("^fe\\.weight$", "generator"),
          new Renaming("^mask_embedding\\.mask_weight$", "gate"),
          new Renaming("^p\\.", "output."),
          new Renaming("^a\\.", "attention."),
          new Renaming("\\.(W_)?q\\.", ".query."),
          new Renaming("\\.(W_)?k\\.", ".key."),
          new Renaming("\\.(W_)?v\\.", ".value."),
          new Renaming("\\.(r|W_res)\\.", ".residual."),
          new Renaming("\\.(g|layer_norm\\.weight)$", ".norm.gain"),
          new Renaming("\\.(b|layer_norm\\.bias)$", ".norm.bias"),
          new Renaming("^f\\.conv_layers\\.(\\d)\\.0\\.", "convolution.$1."),
          new Renaming("^f\\.conv_layers\\.(\\d)\\.1\\.", "convolution.$1.norm."),
          new Renaming("\\.norm\\.weight$", ".norm.gain"),
          new Renaming("\\.running_mean$", ".mean"),
          new Renaming("\\.running_var$", ".variance"),
          new Renaming("^f\\.recombine_layers\\.(\\d)\\.0\\.", "recombination.$1."),
          // A linear layer each 2 modules, or 3 with dropout.
          new Renaming("^(m|dnn\\.mlp)\\.0\\.", "mlp.0."),
          new Renaming("^(m\\.2|dnn\\.mlp\\.3)\\.", "mlp.1."),
          new Renaming("^(m\\.4|dnn\\.mlp\\.6)\\.", "mlp.2."));

  private GoldenNames() {}

  static String ours(String theirs) {
    String name = theirs;
    for (Renaming renaming : RENAMINGS) {
      Matcher matcher = renaming.theirs.matcher(name);
      name = matcher.replaceFirst(renaming.ours);
    }
    return name;
  }
}
