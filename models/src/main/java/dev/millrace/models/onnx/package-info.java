/** Export: the interpreter of networks that writes an ONNX graph. */
package dev.millrace.models.onnx;
