package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.table.TableException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingOrderTest {
  @TempDir private Path folder;

  @Test
  void shouldReadBackWhatTheWritersWrote() throws IOException {
    FeatureRanking ranking = Rankings.hostile();
    StringWriter csv = new StringWriter();
    RankingCsv.writeFields(ranking, csv);
    StringWriter json = new StringWriter();
    RankingJson.write(ranking, json);
    String[] names = ranking.fields().stream().map(RankedField::feature).toArray(String[]::new);
    assertThat(RankingOrder.read(write(csv.toString()))).containsExactly(names);
    assertThat(RankingOrder.read(write(json.toString()))).containsExactly(names);
  }

  @Test
  void shouldReadARankingThatSomethingElseMade() throws IOException {
    Path file = write("score,feature\n0.5,\"a, b\"\n0.1,c\n");
    assertThat(RankingOrder.read(file)).containsExactly("a, b", "c");
  }

  @Test
  void shouldSayInOneLineWhatIsNoRanking() throws IOException {
    assertRefused(folder.resolve("none"), "ranking must name a file");
    assertRefused(write("a,b\n1,2\n"), "must have a column feature, found [a, b]");
    assertRefused(write("feature\n"), "must rank a field, found none");
    assertRefused(write("{\"features\":[]}"), "must rank a field, found none");
    assertRefused(write("{\"features\":[{\"name\":\"a\"}]}"), "must be a ranking");
    assertRefused(write("{\"features\":["), "must be a ranking");
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(TableException.class)
        .isThrownBy(() -> RankingOrder.read(file))
        .withMessageContaining(message)
        .withMessageContaining(file.toString())
        .withMessageMatching("[^\\n]*");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("ranking"), text);
  }
}
