/// The licences of code files: from SPDX headers, from header comments and licence files, from the nearest licence file up the folders.
/// Works on paths and texts that it is given, and opens no file. What it says is a finding, not legal advice.
@NullMarked
package dev.sartor.curate.licence;

import org.jspecify.annotations.NullMarked;
