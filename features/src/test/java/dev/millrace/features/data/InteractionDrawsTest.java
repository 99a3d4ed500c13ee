package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InteractionDrawsTest {
  private static final long SEED = 7;
  private static final int ITEMS = 8;
  private static final int CANDIDATES = 3;
  private static final int DRAWS = 40_000;

  @Test
  void shouldDrawEveryOtherItemAlikeAndPutTheShownOneAnywhere() {
    InteractionDraws draws = new InteractionDraws(CANDIDATES, SEED);
    int shown = 2;
    int[] drawn = new int[ITEMS];
    int[] places = new int[CANDIDATES];

    for (int i = 0; i < DRAWS; i++) {
      int[] candidates = draws.forImpression("impression " + i).candidates(shown, ITEMS);
      assertThat(candidates).hasSize(CANDIDATES).doesNotHaveDuplicates().contains(shown);
      for (int place = 0; place < CANDIDATES; place++) {
        drawn[candidates[place]]++;
        places[place] += candidates[place] == shown ? 1 : 0;
      }
    }

    for (int item = 0; item < ITEMS; item++) {
      double share = item == shown ? 1 : (CANDIDATES - 1.0) / (ITEMS - 1);
      assertWithinFourSigma(drawn[item], share, "item " + item);
    }
    for (int place = 0; place < CANDIDATES; place++) {
      assertWithinFourSigma(places[place], 1.0 / CANDIDATES, "place " + place);
    }
  }

  private static void assertWithinFourSigma(int count, double share, String what) {
    double sigma = Math.sqrt(DRAWS * share * (1 - share));
    assertThat((double) count)
        .as("%s, seed %d", what, SEED)
        .isBetween(DRAWS * share - 4 * sigma, DRAWS * share + 4 * sigma);
  }

  @Test
  void shouldTakeAllItemsWhereThereAreFewer() {
    int[] candidates = new InteractionDraws(10, SEED).forImpression("any").candidates(0, 4);

    assertThat(candidates).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void shouldNotLetTheDelayDependOnTheCandidates() {
    var few = new InteractionDraws(1, SEED).forImpression("any");
    var many = new InteractionDraws(50, SEED).forImpression("any");
    many.candidates(0, 100);

    assertThat(few.clickDelay()).isEqualTo(many.clickDelay());
  }
}
