/// The one downloader: ranges, resuming, repeating, proxies. It knows neither models nor packages.
@NullMarked
package dev.sartor.hub.fetch;

import org.jspecify.annotations.NullMarked;
