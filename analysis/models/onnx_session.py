"""Small networks of the repository, run on one thread of the processor. The only home of onnxruntime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.weights import Weight, verified

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def onnx_session(weight: Weight) -> InferenceSession:
    """Load one network. Raises RehearseError when its file is missing or another one."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(verified(weight)), options, providers=["CPUExecutionProvider"])
