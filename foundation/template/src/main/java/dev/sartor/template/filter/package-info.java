/// The filters, tests, operators and methods that a template may call. A new one stands here under its own name; the
/// syntax stays untouched.
@NullMarked
package dev.sartor.template.filter;

import org.jspecify.annotations.NullMarked;
