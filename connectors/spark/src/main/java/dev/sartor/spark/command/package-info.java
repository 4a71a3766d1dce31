/// The commands under `sartor table`: for those who have tables and a Spark master, and no job of their own. They read options,
/// open a session and call {@link dev.sartor.spark.Sartor}.
@NullMarked
package dev.sartor.spark.command;

import org.jspecify.annotations.NullMarked;
