package dev.millrace.models.calibrate;

/**
 * Fits Platt scaling by Newton's method with backtracking (Lin, Lin and Weng, "A Note on Platt's
 * Probabilistic Outputs for Support Vector Machines", 2007), on Platt's smoothed targets, which
 * keep the slope finite where logits part the classes.
 */
final class PlattFitter {
  private static final int MOST_ITERATIONS = 100;
  private static final double LEAST_STEP = 1e-10;

  /** Gradient of one row at which the fit is done. */
  private static final double TOLERANCE = 1e-9;

  /** Keeps the Hessian invertible. */
  private static final double RIDGE = 1e-12;

  /** Armijo's constant. */
  private static final double SUFFICIENT_DECREASE = 1e-4;

  /** Of the sigmoid that is as steep as is allowed: its slope is a quarter in the middle. */
  private static final double MOST_SLOPE = 4 * SlopeBound.MOST;

  /** Logits at which a probability is 0 or 1 to the last bit. */
  private static final double FARTHEST = 100;

  private static final double OFFSET_TOLERANCE = 1e-9;

  private final LogitCounts counts;
  private final double clickTarget;
  private final double otherTarget;

  PlattFitter(LogitCounts counts) {
    this.counts = counts;
    double clicks = counts.totalClicks();
    double others = counts.totalRows() - clicks;
    this.clickTarget = (clicks + 1) / (clicks + 2);
    this.otherTarget = 1 / (others + 2);
  }

  /**
   * @throws IllegalArgumentException when the logits do not rise with the labels
   */
  Platt fit() {
    double clicks = counts.totalClicks();
    double others = counts.totalRows() - clicks;
    double slope = 0;
    double offset = Math.log((clicks + 1) / (others + 1));
    double loss = loss(slope, offset);
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      Derivatives at = derivatives(slope, offset);
      if (at.largestGradient() < TOLERANCE * counts.totalRows()) {
        break;
      }
      double step = 1;
      double next = loss(slope + at.slopeStep(), offset + at.offsetStep());
      while (next > loss + SUFFICIENT_DECREASE * step * at.descent() && step > LEAST_STEP) {
        step /= 2;
        next = loss(slope + step * at.slopeStep(), offset + step * at.offsetStep());
      }
      if (step <= LEAST_STEP) {
        break;
      }
      slope += step * at.slopeStep();
      offset += step * at.offsetStep();
      loss = next;
    }
    if (!((float) slope > 0)) {
      throw new IllegalArgumentException(
          "logits must rise with the labels to be calibrated, found slope " + (float) slope);
    }
    return slope > MOST_SLOPE
        ? new Platt((float) MOST_SLOPE, (float) offset(MOST_SLOPE))
        : new Platt((float) slope, (float) offset);
  }

  /** The best offset of a slope: where the probabilities add up to the targets. */
  private double offset(double slope) {
    double least = -slope * counts.logit(counts.size() - 1) - FARTHEST;
    double most = -slope * counts.logit(0) + FARTHEST;
    // The gradient rises with the offset.
    while (most - least > OFFSET_TOLERANCE * Math.max(1, Math.abs(least))) {
      double middle = (least + most) / 2;
      if (derivatives(slope, middle).byOffset() < 0) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return least;
  }

  /** Cross-entropy with the targets, nats. */
  private double loss(double slope, double offset) {
    double loss = 0;
    for (int i = 0; i < counts.size(); i++) {
      double logit = slope * counts.logit(i) + offset;
      // log(1 + exp(logit)) without overflow.
      double softPlus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
      loss += counts.rows(i) * softPlus - targets(i) * logit;
    }
    return loss;
  }

  private Derivatives derivatives(double slope, double offset) {
    double bySlope = 0;
    double byOffset = 0;
    double bySlopeTwice = RIDGE;
    double byOffsetTwice = RIDGE;
    double byBoth = 0;
    for (int i = 0; i < counts.size(); i++) {
      double logit = counts.logit(i);
      double probability = Platt.sigmoid(slope * logit + offset);
      double gradient = counts.rows(i) * probability - targets(i);
      double curvature = counts.rows(i) * probability * (1 - probability);
      bySlope += gradient * logit;
      byOffset += gradient;
      bySlopeTwice += curvature * logit * logit;
      byOffsetTwice += curvature;
      byBoth += curvature * logit;
    }
    return new Derivatives(bySlope, byOffset, bySlopeTwice, byOffsetTwice, byBoth);
  }

  /** Sum of the targets of the rows of a logit. */
  private double targets(int index) {
    int clicks = counts.clicks(index);
    return clicks * clickTarget + (counts.rows(index) - clicks) * otherTarget;
  }

  /** Gradient and Hessian of the loss at a point, and Newton's step from there. */
  private record Derivatives(
      double bySlope, double byOffset, double bySlopeTwice, double byOffsetTwice, double byBoth) {
    double largestGradient() {
      return Math.max(Math.abs(bySlope), Math.abs(byOffset));
    }

    double slopeStep() {
      return -(byOffsetTwice * bySlope - byBoth * byOffset) / determinant();
    }

    double offsetStep() {
      return -(bySlopeTwice * byOffset - byBoth * bySlope) / determinant();
    }

    /** How fast the loss changes along the step; below zero. */
    double descent() {
      return bySlope * slopeStep() + byOffset * offsetStep();
    }

    private double determinant() {
      return bySlopeTwice * byOffsetTwice - byBoth * byBoth;
    }
  }
}
