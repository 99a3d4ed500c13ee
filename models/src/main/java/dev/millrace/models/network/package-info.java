/**
 * Networks, written once against a small tensor vocabulary.
 *
 * <p>A {@link dev.millrace.models.network.Network} says how a logit is made of embedding rows; who
 * implements {@link dev.millrace.models.network.TensorOps} decides what that means: arithmetic with
 * gradients while training, nodes of a graph while exporting, shapes while checking.
 */
package dev.millrace.models.network;
