/// From a template's source to its statements and expressions. Nothing here evaluates.
@NullMarked
package dev.sartor.template.syntax;

import org.jspecify.annotations.NullMarked;
