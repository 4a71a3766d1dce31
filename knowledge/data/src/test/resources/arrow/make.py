"""Wrote the Arrow files beside this one: pip install pyarrow==26.0.1 datasets==5.0.1, then python3 make.py."""
import datetime
import decimal
import json
import shutil

import datasets
import pyarrow as pa
import pyarrow.feather as feather

pages = pa.table({
    "page": ["returns", "notice", "größe"],
    "heading": ["Returns", None, "Größen"],
    "body": pa.array(["Send it back within thirty days.", "The notice period is two months.", "Die Größe steht im Etikett.\n\nZweiter Absatz."], pa.large_string()),
    "views": pa.array([3, 4, None], pa.int32()),
    "changed": pa.array([datetime.date(2026, 1, 2)] * 3, pa.date32()),
    "picture": pa.array([b"\x00\x01"] * 3, pa.binary()),
    "tags": pa.array([["a"], [], None], pa.list_(pa.string())),
})


def written(name, table, new=pa.ipc.new_stream, options=None, rows=2):
    with pa.OSFile(name + ".arrow", "wb") as sink, new(sink, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=rows)


written("stream", pages)
written("file", pages, pa.ipc.new_file)
written("zstd", pages, options=pa.ipc.IpcWriteOptions(compression="zstd"))
feather.write_feather(pages, "feather.arrow", compression="uncompressed")

stamp = datetime.datetime(2026, 1, 2, 3, 4, 5, 678900)
written("types", pa.table({
    "int8": pa.array([-1, None], pa.int8()), "uint8": pa.array([255, 0], pa.uint8()), "int16": pa.array([-300, 1], pa.int16()),
    "uint16": pa.array([65535, 0], pa.uint16()), "uint32": pa.array([4294967295, 0], pa.uint32()), "int64": pa.array([-(1 << 62), 0], pa.int64()),
    "uint64": pa.array([(1 << 64) - 1, 0], pa.uint64()), "half": pa.array([1.5, None], pa.float16()), "float": pa.array([0.1, None], pa.float32()),
    "double": pa.array([0.1, None], pa.float64()), "bool": pa.array([True, False]), "null": pa.nulls(2),
    "decimal": pa.array([decimal.Decimal("-12.340"), None], pa.decimal128(10, 3)),
    "date64": pa.array([stamp.date(), None], pa.date64()), "time": pa.array([stamp.time(), None], pa.time64("us")),
    "stamp": pa.array([stamp, None], pa.timestamp("us")), "zoned": pa.array([stamp, None], pa.timestamp("ms", "UTC")),
    "duration": pa.array([datetime.timedelta(seconds=90), None], pa.duration("ms")),
    "dictionary": pa.array(["red", None]).dictionary_encode(), "list": pa.array([[[1, 2], []], None], pa.list_(pa.list_(pa.int32()))),
    "large_list": pa.array([["x"], None], pa.large_list(pa.string())), "fixed": pa.array([[1, 2], None], pa.list_(pa.int16(), 2)),
    "struct": pa.array([{"text": ["a", "b"], "n": None}, None], pa.struct([("text", pa.list_(pa.string())), ("n", pa.int32())])),
    "map": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int32())), "bytes": pa.array([b"\x00", None], pa.binary()),
}), rows=1)
written("union", pa.table({"text": ["a"], "either": pa.UnionArray.from_dense(pa.array([0], pa.int8()), pa.array([0], pa.int32()), [pa.array([1])])}))

# Two batches with a dictionary each, the second one's values behind the first one's.
schema = pa.schema([("text", pa.string()), ("label", pa.dictionary(pa.int32(), pa.string()))])
with pa.OSFile("delta.arrow", "wb") as sink, pa.ipc.new_stream(sink, schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as writer:
    for texts, values in ((["one"], ["red"]), (["two", "three"], ["red", "blue"])):
        labels = pa.DictionaryArray.from_arrays(pa.array(range(len(texts)), pa.int32()), pa.array(values))
        writer.write_batch(pa.record_batch([pa.array(texts), labels], schema))

texts = {"text": ["one", "two"]}
for name, readers in (("readers", pa.array(["group:sales", "user:ann; group:sales"])), ("readers-blank", pa.array(["group:sales", None])),
                      ("readers-list", pa.array([["group:sales"], ["user:ann"]], pa.list_(pa.string())))):
    written(name, pa.table(texts | {"readers": readers}))

# What datasets writes: labels are numbers, whose names stand in the metadata.
features = datasets.Features({"text": datasets.Value("string"), "label": datasets.ClassLabel(names=["card lost", "card late"])})
train = datasets.Dataset.from_dict({"text": ["I lost it", "Where is it?", "Is it here?"], "label": [0, 1, 1]}, features=features)
test = datasets.Dataset.from_dict({"text": ["It is gone", "no label"], "label": [0, -1]}, features=features)
shutil.rmtree("saved", ignore_errors=True)
datasets.DatasetDict({"train": train, "test": test}).save_to_disk("saved")
train.to_parquet("labels.parquet")
bad = train.data.table.set_column(1, "label", pa.array([0, 1, 7], pa.int64()))
written("labels-unknown", bad)
print(json.dumps({"schema": str(train.data.schema.metadata)}))
