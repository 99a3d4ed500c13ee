package dev.millrace.features.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One policy's log of one campaign.
 *
 * @param log the CSV file of its impressions
 * @param items features by item, without the affinity, which depends on the user
 */
record OpenBanditCampaign(String policy, String name, Path log, List<Map<String, Object>> items) {

  static OpenBanditCampaign load(String policy, String name, Path folder) throws IOException {
    List<Map<String, Object>> items = readItems(folder.resolve("item_context.csv"));
    return new OpenBanditCampaign(policy, name, folder.resolve(name + ".csv"), items);
  }

  private static List<Map<String, Object>> readItems(Path file) throws IOException {
    List<Map<String, Object>> items = new ArrayList<>();
    try (CsvRows rows = new CsvRows(file)) {
      int id = rows.column("item_id");
      int first = rows.column("item_feature_0");
      int[] others = new int[3];
      for (int i = 0; i < others.length; i++) {
        others[i] = rows.column("item_feature_" + (i + 1));
      }
      while (rows.next()) {
        rows.integer(id, "item_id of the row", items.size(), items.size());
        Map<String, Object> features = new HashMap<>();
        features.put("item_feature_0", rows.number(first, "item_feature_0"));
        for (int i = 0; i < others.length; i++) {
          features.put("item_feature_" + (i + 1), rows.text(others[i]));
        }
        items.add(Map.copyOf(features));
      }
    }
    if (items.isEmpty()) {
      throw new DataSetException(file, "must hold an item");
    }
    return List.copyOf(items);
  }

  String itemId(int item) {
    return name + "/" + item;
  }
}
