package dev.millrace.features.catalog;

/** A catalogue that uses every kind of definition. */
public final class ShopCatalog {
  public static final String YAML =
      """
      name: shop
      embedding: {kind: unified, buckets: 65536, dim: 16}
      fields:
        - {name: user, kind: categorical, from: user-id, chunks: 2}
        - {name: item, kind: categorical, from: item-id}
        - {name: country, kind: categorical, from: context}
        - {name: category, kind: categorical, from: item}
        - {name: price, kind: numeric, from: item, bucketing: {kind: log-square}}
        - {name: age, kind: numeric, from: context, bucketing: {kind: quantile, boundaries: [18, 25, 35]}}
        - {name: genres, kind: multi-valued, from: item, maxValues: 3}
        - {name: item_ctr, kind: numeric, from: streaming, bucketing: {kind: quantile, boundaries: [0.01, 0.05]}}
        - {name: recent_clicks, kind: multi-valued, from: streaming, maxValues: 5}
      streaming:
        - {name: item_ctr, kind: rate, entity: item, window: 6h, buckets: 12, prior: {clicks: 1, impressions: 20}}
        - {name: item_impressions, kind: counter, entity: item, event: impression, window: 1h, buckets: 12}
        - {name: recent_clicks, kind: history, entity: user, event: click, size: 5}
      """;

  private ShopCatalog() {}

  public static FeatureCatalog get() {
    return FeatureCatalog.parse(YAML, "shop.yaml");
  }

  /** The catalogue with one text replaced, which must occur. */
  public static FeatureCatalog with(String target, String replacement) {
    if (!YAML.contains(target)) {
      throw new IllegalArgumentException("target must occur in the catalogue, found " + target);
    }
    return FeatureCatalog.parse(YAML.replace(target, replacement), "shop.yaml");
  }
}
