package dev.millrace.jobs.experiments;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * One training of an experiment and what came of it.
 *
 * @param data the data set, as the experiment calls it
 * @param contender what was trained
 * @param seed of the training; the split has its own
 * @param setup network, configuration and search as text: another text is another trial
 * @param auc on the test part
 * @param logLoss on the test part (nats)
 * @param bestEpoch the epoch that was kept, from 1
 * @param epochs passes made
 * @param seconds of the training, wall clock
 * @param parameters that are stored
 * @param keptShare share of the rows that a search kept; null without one
 * @param gates mean gate by field, see {@link FieldGates}; null without a search
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Trial(
    String data,
    String contender,
    long seed,
    String setup,
    double auc,
    double logLoss,
    int bestEpoch,
    int epochs,
    double seconds,
    long parameters,
    Double keptShare,
    Map<String, Double> gates) {}
