/// The commands under `sartor models`.
@NullMarked
package dev.sartor.cli.models;

import org.jspecify.annotations.NullMarked;
