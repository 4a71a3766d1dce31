package dev.sartor.hub.catalogue;

import dev.sartor.core.Problems;

/// A Python package that holds a model file, or one piece of it.
///
/// @param member the file in the package; one leading `*` stands for any beginning
public record PackagePart(String name, String version, String member) {
    public PackagePart {
        Problems.refuseUnless(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
                "a package's name",
                "letters, digits, '.', '_' and '-'",
                name,
                "as `pip` knows it");
        Problems.refuseUnless(
                version.matches("[A-Za-z0-9][A-Za-z0-9.!+_-]*"),
                "the version of package " + name,
                "one exact version",
                version,
                "ranges would not name the same bytes");
        Problems.refuseUnless(!member.isBlank(), "a member", "not blank", member, "name the file");
    }

    public boolean isMember(String path) {
        return member.startsWith("*") ? path.endsWith(member.substring(1)) : path.equals(member);
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
