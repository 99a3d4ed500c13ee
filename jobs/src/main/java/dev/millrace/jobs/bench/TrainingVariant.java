package dev.millrace.jobs.bench;

/** What trains. */
enum TrainingVariant {
  /** Millrace; of the table the rows of the batch move. */
  MILLRACE("millrace", "Millrace"),
  /** PyTorch in Python; Adam over the whole table. */
  PYTORCH_DENSE("pytorchDense", "PyTorch, dense table"),
  /** PyTorch in Python; its sparse Adam over the rows of the batch. */
  PYTORCH_SPARSE("pytorchSparse", "PyTorch, sparse table");

  private final String key;
  private final String label;

  TrainingVariant(String key, String label) {
    this.key = key;
    this.label = label;
  }

  /** Its name in JSON. */
  String key() {
    return key;
  }

  String label() {
    return label;
  }
}
