/// What every request has in common: who asks, admission, bodies, events, failures.
@NullMarked
package dev.sartor.serve.http;

import org.jspecify.annotations.NullMarked;
