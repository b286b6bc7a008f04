"""Turn an fp32 ONNX tagger into the small one that ships: int8 products and an int8 table of word vectors.

python -m extractors.model.train.quantise FP32.onnx OUT.onnx
"""

import sys
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic


def quantise(source: Path, out: Path) -> None:
    """Write the int8 file, with a scale per column of each product."""
    # Eight bits although processors without VNNI may overflow on them: measured on one, they keep fp32's F1, seven lose 0.016.
    quantize_dynamic(source, out, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"])


if __name__ == "__main__":
    quantise(Path(sys.argv[1]), Path(sys.argv[2]))
