package dev.millrace.features.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small logs in the form of the Open Bandit Dataset: campaigns of three items. */
final class OpenBanditFiles {
  static final String HEADER =
      ",timestamp,item_id,position,click,propensity_score,"
          + "user_feature_0,user_feature_1,user_feature_2,user_feature_3,"
          + "user-item_affinity_0,user-item_affinity_1,user-item_affinity_2";
  static final String ITEMS =
      """
      ,item_id,item_feature_0,item_feature_1,item_feature_2,item_feature_3
      0,0,-0.5,a,b,c
      1,1,0.25,d,e,f
      2,2,1.5,g,h,i
      """;

  private OpenBanditFiles() {}

  /** A line after the index; the time of day is of 2019-11-24. */
  static String row(String time, int item, int click) {
    return "0,2019-11-24 %s+00:00,%d,2,%d,0.25,u0,u1,u2,u3,0.0,4.0,1.0"
        .formatted(time, item, click);
  }

  static void write(Path root, String policy, String campaign, String... rows) throws IOException {
    Path folder = Files.createDirectories(root.resolve(policy).resolve(campaign));
    Files.writeString(folder.resolve("item_context.csv"), ITEMS);
    String text = HEADER + "\n" + String.join("\n", List.of(rows)) + "\n";
    Files.writeString(folder.resolve(campaign + ".csv"), text);
  }
}
