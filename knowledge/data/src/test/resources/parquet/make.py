"""Wrote the Parquet files beside this one: pip install pyarrow==26.0.1, then python3 make.py."""
import datetime

import pyarrow as pa
import pyarrow.parquet as pq

pages = pa.table({
    "page": ["returns", "notice", "größe", "empty"],
    "heading": ["Returns", None, "Größen", "Nothing"],
    "body": ["Send it back within thirty days.", "The notice period is two months.", "Die Größe steht im Etikett.\n\nZweiter Absatz.", None],
    "views": pa.array([3, 4, None, 5], pa.int32()),
    "changed": pa.array([datetime.date(2026, 1, 2)] * 4, pa.date32()),
    "picture": pa.array([b"\x00\x01"] * 4, pa.binary()),
    "tags": pa.array([["a"], [], None, ["b", "c"]], pa.list_(pa.string())),
})
full = pages.slice(0, 3)
for codec in ("snappy", "zstd", "gzip", "none"):
    pq.write_table(full, f"{codec}.parquet", compression=codec, use_dictionary=codec != "none")
pq.write_table(full, "pages2.parquet", compression="snappy", data_page_version="2.0", row_group_size=2)
pq.write_table(pages, "holes.parquet", compression="snappy")

texts = {"text": ["one", "two"]}
for name, readers in (
    ("readers", pa.array(["group:sales", "user:ann; group:sales"])),
    ("readers-blank", pa.array(["group:sales", None])),
    ("readers-list", pa.array([["group:sales"], ["user:ann"]], pa.list_(pa.string()))),
):
    pq.write_table(pa.table(texts | {"readers": readers}), f"{name}.parquet", compression="none")
