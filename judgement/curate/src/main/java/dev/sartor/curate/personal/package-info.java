/// Personal data in texts: what has a form and a checksum (bank accounts, cards, national numbers, addresses of mail, telephones
/// and machines) is found by scanners that look at each character a bounded number of times; names come through the port
/// `EntityFinder`. Pseudonyms take the places of what is found. Texts alone: no files, no settings file.
@NullMarked
package dev.sartor.curate.personal;

import org.jspecify.annotations.NullMarked;
