/// A judge is a model that grades free text: it says which of two answers to a question is the better. Here it is asked, in both
/// orders, its agreement with people is measured, and its errors are carried into what it measured. Which models there are, and
/// what a comparison makes of the scores, is not here.
@NullMarked
package dev.sartor.judge;

import org.jspecify.annotations.NullMarked;
