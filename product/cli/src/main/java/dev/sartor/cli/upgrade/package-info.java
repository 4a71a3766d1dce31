/// `sartor upgrade`: whether this version reads what an earlier one wrote.
@NullMarked
package dev.sartor.cli.upgrade;

import org.jspecify.annotations.NullMarked;
