/// Adapters that callers attach to a server: how they lie on the disk, and which of their versions is asked. HTTP is the server's.
@NullMarked
package dev.sartor.cli.adapter;

import org.jspecify.annotations.NullMarked;
