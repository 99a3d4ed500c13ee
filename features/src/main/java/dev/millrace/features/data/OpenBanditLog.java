package dev.millrace.features.data;

import dev.millrace.features.catalog.FeatureCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Open Bandit Dataset (Saito et al., arXiv:2008.07146): two policies recommending fashion items
 * in three campaigns. Every {@code <policy>/<campaign>/<campaign>.csv} that is there is read, with
 * the {@code item_context.csv} beside it, and the logs are merged by time; memory holds the items
 * and one row of each log.
 *
 * <p>Item ids are {@code <campaign>/<item>}. The data has no user ids: a user is a combination of
 * the four user features, so one id stands for all the people who share it. The affinity, number of
 * past clicks of the user on the item, is a feature of each candidate.
 */
public final class OpenBanditLog implements InteractionLog {
  static final String FORMAT = "open-bandit";

  private static final List<String> POLICIES = List.of("bts", "random");
  private static final List<String> CAMPAIGNS = List.of("all", "men", "women");

  private final FeatureCatalog catalog = BuiltInCatalogs.load(FORMAT);
  private final List<OpenBanditCampaign> campaigns = new ArrayList<>();

  /**
   * Finds the logs and reads their items.
   *
   * @param directory the folder that holds {@code bts} and {@code random}
   * @throws DataSetException when it holds no log, or a log without its items
   */
  public OpenBanditLog(Path directory) throws IOException {
    for (String policy : POLICIES) {
      for (String campaign : CAMPAIGNS) {
        Path folder = directory.resolve(policy).resolve(campaign);
        if (Files.exists(folder.resolve(campaign + ".csv"))) {
          campaigns.add(OpenBanditCampaign.load(policy, campaign, folder));
        }
      }
    }
    if (campaigns.isEmpty()) {
      throw new DataSetException(directory, "must hold a log such as random/men/men.csv");
    }
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public FeatureCatalog catalog() {
    return catalog;
  }

  @Override
  public boolean hasPositions() {
    return true;
  }

  @Override
  public InteractionIterator open(int candidatesPerRequest, long seed) throws IOException {
    return OpenBanditIterator.open(campaigns, new InteractionDraws(candidatesPerRequest, seed));
  }
}
