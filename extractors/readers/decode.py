"""Bytes to text: gzip is opened, a byte order mark dropped, and what is no text is named."""

import codecs
import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from extractors.readers.outcome import UnreadableInput

_BLOCK = 1 << 16
_GZIP = b"\x1f\x8b"
_MAGIC = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word or Excel file)"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (_GZIP, "gzip inside gzip"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(stream: BinaryIO, *, name: str) -> Iterator[str]:
    """Yield the text of the stream piece by piece, never an empty piece.

    Raises UnreadableInput for an empty or binary file, a broken archive, and any encoding but UTF-8 and marked UTF-16.
    """
    head, blocks = _first(_blocks(stream))
    if head.startswith(_GZIP):
        head, blocks = _first(_gunzip(chain([head], blocks), name))
    if not head:
        raise UnreadableInput(f"{name}: the file is empty")
    _refuse_binary(head, name)
    mark, encoding = next(((mark, code) for mark, code in _MARKS if head.startswith(mark)), (b"", "utf-8"))
    return _characters(chain([head[len(mark) :]], blocks), encoding, len(mark), name)


def replace_surrogates(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, which no store and no terminal can write."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _first(blocks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    # A pipe may hand over a few bytes at a time, too few to tell what they are.
    head = b""
    while len(head) < _BLOCK and (block := next(blocks, b"")):
        head += block
    return head, blocks


def _gunzip(blocks: Iterator[bytes], name: str) -> Iterator[bytes]:
    inflate, open_member = zlib.decompressobj(wbits=31), True
    try:
        for block in blocks:
            while block:
                # Bounded, so that a small archive of a huge file is still read a block at a time.
                if data := inflate.decompress(block, _BLOCK):
                    yield data
                block, open_member = inflate.unconsumed_tail, True
                if inflate.eof:
                    block = inflate.unused_data.lstrip(b"\0")
                    inflate, open_member = zlib.decompressobj(wbits=31), False
        if data := inflate.flush():
            yield data
    except zlib.error as error:
        raise UnreadableInput(f"{name}: the gzip data is damaged ({error}); fetch or compress the file again") from None
    if open_member and not inflate.eof:
        raise UnreadableInput(f"{name}: the gzip data ends too early; fetch or compress the file again")


def _refuse_binary(head: bytes, name: str) -> None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise UnreadableInput(f"{name}: this is {kind}, not text; give a file of titles and abstracts")
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableInput(f"{name}: byte 0: the text is in UTF-32; convert it first: {_iconv('UTF-32', name)}")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    nulls = max(head[0::2].count(0), head[1::2].count(0))
    if len(head) > 1 and nulls > 0.3 * len(head):
        raise UnreadableInput(
            f"{name}: byte {head.index(0):,}: this looks like UTF-16 without a byte order mark; "
            f"convert it first: {_iconv('UTF-16LE', name)}"
        )
    controls = len(head) - len(head.translate(None, _CONTROL))
    if controls > 0.1 * len(head):
        raise UnreadableInput(f"{name}: this is a binary file, not text; give a file of titles and abstracts")


def _characters(blocks: Iterator[bytes], encoding: str, offset: int, name: str) -> Iterator[str]:
    # surrogatepass: lone surrogates in UTF-8 come from programs that wrote them; they are replaced one to one.
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    line = 1
    for block in chain(blocks, [b""]):
        if not block and offset == 0:
            continue
        waiting = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, not block)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise UnreadableInput(
                f"{name}: byte {offset - waiting + error.start:,}, line {line:,}: "
                f"0x{error.object[error.start]:02X} is not {encoding.upper()} here; "
                f"convert it first, for example: {_iconv('LATIN1', name)}"
            ) from None
        offset += len(block)
        line += text.count("\n")
        if text:
            yield replace_surrogates(text)


def _iconv(encoding: str, name: str) -> str:
    return f"iconv -f {encoding} -t UTF-8 '{name}' > utf8.txt"
