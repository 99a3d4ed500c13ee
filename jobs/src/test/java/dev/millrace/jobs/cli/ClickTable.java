package dev.millrace.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Rows whose click rate the city and the price decide, and which a field of noise does not. */
final class ClickTable {
  private static final int CITIES = 8;
  private static final int FIRST_TIME = 1_700_000_000;

  private ClickTable() {}

  /** Writes {@code city,price,noise,user,time,label}. */
  static Path write(Path file, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("city,price,noise,user,time,label\n");
    for (int row = 0; row < rows; row++) {
      int city = random.nextInt(CITIES);
      double price = 100 * random.nextDouble();
      double clickRate = 0.05 + 0.1 * city + (price < 20 ? 0.15 : 0);
      text.append("c%d,%.1f,n%d,".formatted(city, price, random.nextInt(40)))
          .append("u%d,%d,".formatted(random.nextInt(50), FIRST_TIME + row))
          .append(random.nextDouble() < clickRate ? 1 : 0)
          .append('\n');
    }
    return Files.writeString(file, text);
  }
}
