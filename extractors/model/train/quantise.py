"""Turn an fp32 ONNX tagger into the small one that ships: int8 products and an int8 table of word vectors.

python -m extractors.model.train.quantise FP32.onnx OUT.onnx
"""

import sys
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic


def quantise(source: Path, out: Path) -> None:
    """Write the int8 file, with a scale per column of each product."""
    # The scores themselves stay in fp32: they are a hundredth of the work, and in int8 the parts of words lost what they gain.
    scores = [node.name for node in onnx.load(source).graph.node if node.op_type == "MatMul"][-1]
    # Seven bits of weight: with eight, processors without VNNI may overflow, so that answers would depend on the machine.
    quantize_dynamic(
        source,
        out,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=[scores],
    )


if __name__ == "__main__":
    quantise(Path(sys.argv[1]), Path(sys.argv[2]))
