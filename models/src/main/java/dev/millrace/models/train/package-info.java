/**
 * Training: the interpreter of networks that computes with gradients, on DJL's PyTorch engine.
 *
 * <p>The only package that needs DJL. Everything native lives in one manager a step; what outlives
 * training is plain arrays.
 */
package dev.millrace.models.train;
