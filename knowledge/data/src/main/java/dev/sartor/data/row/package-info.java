/// Rows of JSONL, JSON arrays, CSV, Parquet and Arrow files, each with its file and line. What a row means is in `data`.
@NullMarked
package dev.sartor.data.row;

import org.jspecify.annotations.NullMarked;
