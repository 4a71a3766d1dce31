/// Attaching and detaching adapters over HTTP: who may, and how an archive of a caller is read. Where they lie is the store's.
@NullMarked
package dev.sartor.serve.adapter;

import org.jspecify.annotations.NullMarked;
